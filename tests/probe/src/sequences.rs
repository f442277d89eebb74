//! Nodes that make, fold and change sequences.

use std::{
    sync::atomic::{AtomicU32, Ordering},
    thread,
    time::Duration,
};

use chainner_sdk::{prelude::*, sequence::ItemType};

use crate::ALL;

/// Lives as long as the work of a node that holds one.
pub(crate) struct Held;

static HELD: AtomicU32 = AtomicU32::new(0);

impl Held {
    pub(crate) fn new() -> Self {
        HELD.fetch_add(1, Ordering::SeqCst);
        Self
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        HELD.fetch_sub(1, Ordering::SeqCst);
    }
}

/// How many nodes are at work on a sequence.
#[node(id = "probe:sequences:at_work", group = ALL)]
pub fn at_work() -> u32 {
    HELD.load(Ordering::SeqCst)
}

/// Counts, failing and pausing as asked.
#[node(id = "probe:sequences:count", group = ALL, length = "$to")]
pub fn count(
    #[input(range = 0..)] to: u32,
    failing: Option<u32>,
    panicking: Option<u32>,
    skip: bool,
    #[input(range = 0..)] milliseconds: u64,
) -> Result<(Generator<u32>, String, u32), NodeError> {
    if to == 13 {
        return Err(NodeError::new("not to thirteen"));
    }
    let held = Held::new();
    let item = move |number| {
        let _ = &held;
        thread::sleep(Duration::from_millis(milliseconds));
        assert_ne!(Some(number), panicking, "stumbled");
        if Some(number) == failing { Err(NodeError::new(format!("{number} is bad"))) } else { Ok(number) }
    };
    Ok((Generator::new(to as usize, (0..to).map(item)).fail_fast(!skip), "counted".to_owned(), to))
}

/// Gives squares of growing brightness.
#[node(id = "probe:sequences:squares", group = ALL)]
pub fn squares(count: u32, #[input(range = 1..)] size: u32) -> Generator<(Image, u32)> {
    let square = move |index| {
        let value = index as f32 / count as f32;
        (Image::from_pixels(size as usize, size as usize, |_, _| Bgr { b: value, g: value, r: value }), index)
    };
    let types = [ItemType::image(size as usize, size as usize, 3), ItemType::Unknown];
    Generator::new(count as usize, (0..count).map(square)).item_types(types)
}

/// Adds products; refuses negative numbers and stumbles at 13.
#[node(id = "probe:sequences:total", group = ALL)]
pub fn total(
    #[input(range = -10.0..=100.0)] numbers: Items<f64>,
    base: f64,
    weights: Items<Option<f64>>,
    #[input(range = 0..)] milliseconds: u64,
) -> Result<(f64, u32), NodeError> {
    let _held = Held::new();
    let (mut total, mut count) = (base, 0);
    for (number, weight) in numbers.zip(weights) {
        thread::sleep(Duration::from_millis(milliseconds));
        assert!(number != 13.0, "stumbled");
        if number < 0.0 {
            return Err(NodeError::new("a negative number"));
        }
        total += number * weight.unwrap_or(1.0);
        count += 1;
    }
    Ok((total, count))
}

/// Adds the first few and looks at no more.
#[node(id = "probe:sequences:few", group = ALL)]
pub fn few(numbers: Items<u32>, most: u32) -> u32 {
    numbers.take(most as usize).sum()
}

/// A picture in which no two pixels are alike.
#[node(id = "probe:sequences:picture", group = ALL)]
pub fn picture(#[input(range = 1..)] width: u32, #[input(range = 1..)] height: u32) -> Image {
    let (w, h) = (width as f32, height as f32);
    Image::from_pixels(width as usize, height as usize, |x, y| Bgr {
        b: (x as f32 + 0.5) / w,
        g: (y as f32 + 0.5) / h,
        r: (x as f32 * h + y as f32) / (w * h),
    })
}

/// A picture, darker and darker.
#[node(id = "probe:sequences:darker", group = ALL, length = "$count")]
pub fn darker(image: Image, count: u32) -> Generator<Image> {
    Generator::from_iter((0..count).map(move |index| {
        let mut darker = image.clone();
        darker.samples_mut().iter_mut().for_each(|sample| *sample /= (index + 1) as f32);
        darker
    }))
}

/// The mean of images.
#[node(id = "probe:sequences:mean", group = ALL)]
pub fn mean(mut images: Items<Image>, gain: ImageView<'_>) -> Result<Image, NodeError> {
    let mut sum = images.next().ok_or_else(|| NodeError::new("there are no images"))?;
    let mut count = 1.0;
    for image in images {
        let add = |(sum, sample): (&mut f32, &f32)| *sum += sample;
        sum.samples_mut().iter_mut().zip(image.view().samples()).for_each(add);
        count += 1.0;
    }
    let factor = gain.samples()[0] / count;
    sum.samples_mut().iter_mut().for_each(|sample| *sample *= factor);
    Ok(sum)
}

/// The even numbers, with their halves; stumbles at 1000.
#[node(id = "probe:sequences:evens", group = ALL)]
pub fn evens(numbers: Items<u32>, most: u32) -> (Generator<(u32, u32)>, String) {
    let held = Held::new();
    let even = numbers.filter(|number| number % 2 == 0).map(move |number| {
        let _ = &held;
        assert_ne!(number, 1000, "stumbled");
        (number, number / 2)
    });
    (Generator::new(None, even.take(most as usize)), "halves".to_owned())
}

/// All numbers in order, and the least.
#[node(id = "probe:sequences:sorted", group = ALL)]
pub fn sorted(numbers: Items<u32>) -> Result<(Generator<u32>, u32), NodeError> {
    let mut numbers: Vec<u32> = numbers.collect();
    numbers.sort_unstable();
    let least = *numbers.first().ok_or_else(|| NodeError::new("there is nothing to sort"))?;
    Ok((Generator::from_iter(numbers), least))
}

/// Each item with its number; anything can be one.
#[node(id = "probe:sequences:enumerated", group = ALL)]
#[output(navi = "$values")]
pub fn enumerated(values: Items<Any>, start: u32) -> Generator<(Any, u32)> {
    Generator::new(None, values.zip(start..))
}

/// Numbers and their names; where they come from stands between the two.
#[node(id = "probe:sequences:listed", group = ALL)]
#[output(label = "Number")]
#[output(label = "Name")]
#[output(label = "Folder", position = 1)]
pub fn listed(count: u32) -> (Generator<(u32, String)>, DirPath) {
    (Generator::from_iter((0..count).map(|number| (number, format!("#{number}")))), DirPath("here".into()))
}
