//! numpy's `.npz`: a zip archive of `.npy` arrays.

use std::{cell::RefCell, collections::HashMap, fs::File, io::Read as _, path::Path, rc::Rc};

use zip::ZipArchive;

/// An array of float32 samples: an image.
#[derive(Debug)]
pub(crate) struct Array {
    /// Rows, columns and, unless it is one, channels.
    pub(crate) shape: Vec<usize>,
    pub(crate) samples: Vec<f32>,
}

/// An opened archive; arrays are read when they are asked for.
pub(crate) struct Archive {
    file: RefCell<ZipArchive<File>>,
    arrays: RefCell<HashMap<String, Rc<Array>>>,
}

impl Archive {
    pub(crate) fn open(path: &Path) -> Result<Self, String> {
        let told = |error: &dyn std::fmt::Display| format!("cannot read `{}`: {error}", path.display());
        let file = File::open(path).map_err(|error| told(&error))?;
        let file = ZipArchive::new(file).map_err(|error| told(&error))?;
        Ok(Self { file: RefCell::new(file), arrays: RefCell::default() })
    }

    pub(crate) fn array(&self, key: &str) -> Result<Rc<Array>, String> {
        if let Some(array) = self.arrays.borrow().get(key) {
            return Ok(Rc::clone(array));
        }
        let told = |error: &dyn std::fmt::Display| format!("cannot read the array `{key}`: {error}");
        let mut archive = self.file.borrow_mut();
        let mut file = archive.by_name(&format!("{key}.npy")).map_err(|error| told(&error))?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(|error| told(&error))?;
        let array = Rc::new(Array::from_npy(&bytes).ok_or_else(|| told(&"it is no C-ordered float32 array"))?);
        self.arrays.borrow_mut().insert(key.to_owned(), Rc::clone(&array));
        Ok(array)
    }
}

impl Array {
    /// Reads a `.npy` file of float32 samples, row after row, as numpy's `lib.format` describes it: a magic text, the version, the
    /// length of the header, the header (a Python literal, which numpy writes in one way), and the samples.
    fn from_npy(bytes: &[u8]) -> Option<Self> {
        let (version, rest) = bytes.strip_prefix(b"\x93NUMPY")?.split_at_checked(2)?;
        let (length, rest) = match version[0] {
            1 => (rest.first_chunk::<2>().map(|&bytes| usize::from(u16::from_le_bytes(bytes)))?, &rest[2..]),
            _ => (usize::try_from(u32::from_le_bytes(*rest.first_chunk()?)).ok()?, &rest[4..]),
        };
        let (header, samples) = rest.split_at_checked(length)?;
        let header = std::str::from_utf8(header).ok()?;
        if !header.contains("'descr': '<f4'") || !header.contains("'fortran_order': False") {
            return None;
        }
        let shape = header.split_once("'shape': (")?.1.split_once(')')?.0;
        let lengths = shape.split(',').map(str::trim).filter(|text| !text.is_empty());
        let shape: Vec<usize> = lengths.map(|text| text.parse().ok()).collect::<Option<_>>()?;
        let (samples, []) = samples.as_chunks::<4>() else { return None };
        let samples: Vec<f32> = samples.iter().map(|&bytes| f32::from_le_bytes(bytes)).collect();
        (samples.len() == shape.iter().product::<usize>()).then_some(Self { shape, samples })
    }

    /// Width, height and channels.
    pub(crate) fn size(&self) -> Result<[usize; 3], String> {
        match self.shape[..] {
            [height, width] => Ok([width, height, 1]),
            [height, width, channels] => Ok([width, height, channels]),
            _ => Err(format!("an array of shape {:?} is no image", self.shape)),
        }
    }
}
