//! The items of a sequence on their way: pictures are read when the node wants them, and written as it gives them, so that no more
//! than a few are in memory.

use std::{
    ffi::c_void,
    path::{Path, PathBuf},
};

use anyhow::Result;
use chainner_sdk::{
    image::{Image, ImageView},
    library::{Answer, Conveyor, RawImage, Response, WireValue},
};

use crate::{
    child::{self, Argument, Call, Output},
    error::Failure,
};

use super::picture::{Depth, Picture};

/// What is in an item's file name for its number.
pub(crate) const NUMBER: &str = "{}";

/// The tool's side of a sequence.
pub(crate) struct Belt<'a> {
    call: &'a Call,
    /// Items given to the node so far.
    taken: usize,
    /// The one that the node has now.
    parcel: Option<Parcel>,
    items: Vec<Result<Vec<Output>, String>>,
    deepest: Option<Depth>,
    /// Why the run was ended from here.
    failure: Option<anyhow::Error>,
}

/// An item in memory, as long as the library reads it.
struct Parcel {
    response: Response,
    /// What the response points to. None of it moves when its owner does.
    _contents: (Vec<u8>, Vec<RawImage>, Vec<Picture>),
}

impl<'a> Belt<'a> {
    pub(crate) fn new(call: &'a Call, deepest: Option<Depth>) -> Self {
        Self { call, taken: 0, parcel: None, items: Vec::new(), deepest, failure: None }
    }

    /// Does the work, which moves the items.
    pub(crate) fn drive(
        &mut self,
        work: impl FnOnce(&Conveyor) -> Result<(Answer, Vec<Image>)>,
    ) -> Result<(Answer, Vec<Image>)> {
        let conveyor = Conveyor { next, take, conveyor: (&raw mut *self).cast() };
        let done = work(&conveyor);
        // What went wrong here is the reason for whatever went wrong there.
        match self.failure.take() {
            Some(failure) => Err(failure),
            None => done,
        }
    }

    /// The deepest picture that was read.
    pub(crate) fn deepest(&self) -> Option<Depth> {
        self.deepest
    }

    pub(crate) fn taken(&self) -> usize {
        self.taken
    }

    pub(crate) fn into_items(self) -> Vec<Result<Vec<Output>, String>> {
        self.items
    }

    fn read(&mut self, item: &[Argument]) -> Result<Parcel> {
        let mut pictures = Vec::new();
        let values = child::values(item, &mut pictures)?;
        self.deepest = self.deepest.max(pictures.iter().map(|picture| picture.depth).max());
        Parcel::new(&Some(values), pictures)
    }

    fn next(&mut self) -> Option<&Response> {
        let item = self.call.items.as_deref().unwrap_or_default().get(self.taken)?;
        let parcel = self.read(item).or_else(|error| {
            self.failure.get_or_insert(error);
            Parcel::new(&None, Vec::new())
        });
        self.taken += 1;
        self.parcel = parcel.ok();
        self.parcel.as_ref().map(|parcel| &parcel.response)
    }

    fn take(&mut self, item: &Response) -> bool {
        let taken = self.written(item);
        match taken {
            Ok(item) => self.items.push(item),
            Err(error) => {
                self.failure.get_or_insert(error);
            }
        }
        self.failure.is_none()
    }

    /// What to tell of an item; its pictures have their names.
    fn written(&self, item: &Response) -> Result<Result<Vec<Output>, String>> {
        let (answer, images) = child::copied(item)?;
        let values = match answer {
            Answer::Item { values } => values,
            Answer::Failure { message, .. } => return Ok(Err(message)),
            _ => return Err(child::garbled("it is no item").into()),
        };
        let depth = self.call.depth.or(self.deepest).unwrap_or(Depth::Eight);
        let number = self.items.len() + 1;
        let files: Vec<Option<PathBuf>> =
            self.call.item_files.iter().map(|file| file.as_deref().map(|file| numbered(file, number))).collect();
        let (outputs, written) = child::outputs(values, &images, &files, depth)?;
        for file in written {
            file.persist()?;
        }
        Ok(Ok(outputs))
    }
}

impl Parcel {
    fn new(values: &Option<Vec<WireValue>>, pictures: Vec<Picture>) -> Result<Self> {
        let json = serde_json::to_vec(values)?;
        let views: Vec<ImageView<'_>> = pictures.iter().map(|picture| picture.image.view()).collect();
        let raw: Vec<RawImage> = views.iter().map(child::raw_image).collect();
        let response =
            Response { json: json.as_ptr(), json_len: json.len(), images: raw.as_ptr(), image_count: raw.len() };
        Ok(Self { response, _contents: (json, raw, pictures) })
    }
}

/// The file of an item: numbers have four digits at least, so that files sort by them.
pub(crate) fn numbered(file: &Path, number: usize) -> PathBuf {
    let name = file.file_name().unwrap_or_default().to_string_lossy().replace(NUMBER, &format!("{number:04}"));
    file.with_file_name(name)
}

extern "C" fn next(conveyor: *mut c_void) -> *const Response {
    // SAFETY: `drive` passes a pointer to this type, which nothing else uses while it waits; the library asks one at a time.
    let belt = unsafe { &mut *conveyor.cast::<Belt<'_>>() };
    belt.next().map_or(std::ptr::null(), |response| response)
}

extern "C" fn take(conveyor: *mut c_void, item: &Response) -> bool {
    // SAFETY: as above.
    unsafe { &mut *conveyor.cast::<Belt<'_>>() }.take(item)
}

/// The first item that the node failed with, as a failure of the run.
pub(crate) fn failed(items: &[Result<Vec<Output>, String>]) -> Option<Failure> {
    let mut failures = items.iter().enumerate().filter_map(|(index, item)| Some((index + 1, item.as_ref().err()?)));
    let (number, first) = failures.next()?;
    let others = match failures.count() {
        0 => String::new(),
        1 => " (and 1 other item failed)".to_owned(),
        count => format!(" (and {count} other items failed)"),
    };
    let message = format!("item {number} of {} failed{others}: {first}", items.len());
    Some(Failure::new(crate::codes::Code::NodeFailed, message).help("the other items were written"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_items_sort_by_their_numbers() {
        assert_eq!(numbered(Path::new("a{}/tile-{}.png"), 7), Path::new("a{}/tile-0007.png"));
        assert_eq!(numbered(Path::new("{}.png"), 12345), Path::new("12345.png"));
    }

    #[test]
    fn the_first_failure_is_told_with_the_number_of_the_others() {
        let none: Vec<Result<Vec<Output>, String>> = vec![Ok(Vec::new())];
        assert_eq!(failed(&none), None);
        let some = vec![Ok(Vec::new()), Err("too dark".to_owned()), Err("torn".to_owned())];
        let failure = failed(&some).expect("two failed");
        assert_eq!(failure.message, "item 2 of 3 failed (and 1 other item failed): too dark");
    }
}
