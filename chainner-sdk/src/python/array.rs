//! numpy arrays: borrowed where they lie as images do, copied otherwise, and made around images that nodes return.

use std::{
    marker::PhantomData,
    ptr,
    sync::{
        OnceLock,
        atomic::{AtomicBool, Ordering},
    },
};

use numpy::{
    Element, PyArrayDescr, PyUntypedArray, PyUntypedArrayMethods,
    npyffi::{self, NPY_ARRAY_CARRAY, NPY_ARRAY_OWNDATA, NpyTypes, PY_ARRAY_API, npy_intp},
    prelude::*,
};
use pyo3::{Borrowed, exceptions::PyImportError, prelude::*};

use super::memory;
use crate::image::{Image, ImageView};

/// What images are, for messages.
const IMAGES_ARE: &str = "images are float32 arrays of shape (height, width) or (height, width, channels)";

/// Whether an object is a numpy array. Without numpy loaded there are none, and it is not loaded for the question.
pub(super) fn is_array(object: &Bound<'_, PyAny>) -> PyResult<bool> {
    static LOADED: AtomicBool = AtomicBool::new(false);
    if !LOADED.load(Ordering::Relaxed) {
        let modules = object.py().import("sys")?.getattr("modules")?;
        if !modules.contains("numpy")? {
            return Ok(false);
        }
        numpy_is_there(object.py())?;
        LOADED.store(true, Ordering::Relaxed);
    }
    Ok(object.is_instance_of::<PyUntypedArray>())
}

/// The samples of an array, borrowed from Python for as long as the array is kept alive.
pub(super) struct Array<'py> {
    start: *const u8,
    shape: [usize; 3],
    /// Bytes from one row, pixel, sample to the next.
    strides: [isize; 3],
    contiguous: bool,
    /// The copy of an array that is not contiguous.
    copy: OnceLock<Image>,
    array: PhantomData<&'py [f32]>,
}

// SAFETY: it only reads the samples, as a `&[f32]` would; the array is kept alive by the caller for `'py`. That Python code on
// another thread writes to an array while a node reads it cannot be ruled out from here; it is as wrong there as it would be with
// numpy's own functions, which release the lock as well.
unsafe impl Send for Array<'_> {}
// SAFETY: as above.
unsafe impl Sync for Array<'_> {}

impl<'py> Array<'py> {
    /// The array as an image, or in words why it is none.
    pub(super) fn new(object: Borrowed<'py, 'py, PyAny>) -> Result<Self, String> {
        let array = object.cast::<PyUntypedArray>().map_err(|_| "no array".to_owned())?;
        let refused = || {
            let shape = match array.shape() {
                [only] => format!("{only},"),
                several => several.iter().map(usize::to_string).collect::<Vec<_>>().join(", "),
            };
            format!("an array of {} with shape ({shape}); {IMAGES_ARE}", array.dtype())
        };
        if !array.dtype().is_equiv_to(single(array.py())) {
            return Err(refused());
        }
        let (shape, strides) = match (array.shape(), array.strides()) {
            (&[height, width], &[row, pixel]) => ([height, width, 1], [row, pixel, size_of::<f32>() as isize]),
            (&[height, width, channels], &[row, pixel, sample]) if channels > 0 => {
                ([height, width, channels], [row, pixel, sample])
            }
            _ => return Err(refused()),
        };
        // SAFETY: the object is an array, and Python's lock is held.
        let start = unsafe { (*npyffi::_PyArray_GET_ITEM_DATA(array.as_array_ptr())).data }.cast_const().cast::<u8>();
        let contiguous = array.is_c_contiguous() && start.cast::<f32>().is_aligned();
        Ok(Self { start, shape, strides, contiguous, copy: OnceLock::new(), array: PhantomData })
    }

    /// The image. The first time, an array that is not contiguous is copied.
    pub(super) fn view(&self) -> ImageView<'_> {
        let [height, width, channels] = self.shape;
        let len = height * width * channels;
        if len == 0 {
            return ImageView::new(&[], width, height, channels).expect("no samples make an empty image");
        }
        if self.contiguous {
            // SAFETY: a C-contiguous, aligned float32 array of this shape has `len` samples from `start` on; `Send` above tells
            // why they may be read.
            let samples = unsafe { std::slice::from_raw_parts(self.start.cast::<f32>(), len) };
            return ImageView::new(samples, width, height, channels).expect("the length is that of the shape");
        }
        self.copy.get_or_init(|| self.to_image()).view()
    }

    fn to_image(&self) -> Image {
        let [height, width, channels] = self.shape;
        let [row_stride, pixel_stride, sample_stride] = self.strides;
        let mut image = Image::new(width, height, channels);
        // Without clamping: inputs reach nodes as they are.
        let rows = image.samples_mut().chunks_exact_mut(width * channels);
        for (y, row) in rows.enumerate() {
            for (x, pixel) in row.chunks_exact_mut(channels).enumerate() {
                for (c, sample) in pixel.iter_mut().enumerate() {
                    let offset = y as isize * row_stride + x as isize * pixel_stride + c as isize * sample_stride;
                    // SAFETY: numpy's strides lead to a sample of the array for each index below the shape; it need not be
                    // aligned.
                    *sample = unsafe { self.start.wrapping_offset(offset).cast::<f32>().read_unaligned() };
                }
            }
        }
        image
    }
}

/// A numpy array around the samples of an image, which it owns from now on. Two-dimensional for a single channel.
pub(super) fn from_image(py: Python<'_>, image: Image) -> PyResult<Bound<'_, PyAny>> {
    numpy_is_there(py)?;
    let extent = |value: usize| value as npy_intp;
    let (height, width, channels) = (extent(image.height()), extent(image.width()), extent(image.channels()));
    let mut shape = [height, width, channels];
    let dimensions = if channels == 1 { 2 } else { 3 };
    let samples = image.into_buffer();
    // SAFETY: `samples` are contiguous, aligned float32 of that shape, from the C allocator.
    // - The descriptor is a new reference, which the call takes over.
    // - On success the array is flagged as owning the memory: without a memory handler, as those around foreign memory are, numpy
    //   frees it with `free`; with ours, it comes back to the pool. The buffer is given away only then; on failure it frees itself.
    unsafe {
        let array = PY_ARRAY_API.PyArray_NewFromDescr(
            py,
            npyffi::get_type_object(py, NpyTypes::PyArray_Type),
            f32::get_dtype(py).into_dtype_ptr(),
            dimensions,
            shape.as_mut_ptr(),
            ptr::null_mut(),
            samples.as_ptr().cast_mut().cast(),
            NPY_ARRAY_CARRAY,
            ptr::null_mut(),
        );
        let array = Bound::from_owned_ptr_or_err(py, array)?;
        (*npyffi::_PyArray_GET_ITEM_DATA(array.as_ptr().cast())).flags |= NPY_ARRAY_OWNDATA;
        if samples.is_pooled() && memory::hand_over(py, array.as_ptr()) {
            samples.into_lent();
        } else {
            samples.into_raw();
        }
        Ok(array)
    }
}

/// The descriptor of float32.
fn single(py: Python<'_>) -> &Bound<'_, PyArrayDescr> {
    static SINGLE: pyo3::sync::PyOnceLock<Py<PyArrayDescr>> = pyo3::sync::PyOnceLock::new();
    SINGLE.get_or_init(py, || f32::get_dtype(py).unbind()).bind(py)
}

/// Makes sure of numpy before its interface is used: the interface itself can only panic.
fn numpy_is_there(py: Python<'_>) -> PyResult<()> {
    static THERE: AtomicBool = AtomicBool::new(false);
    if !THERE.load(Ordering::Relaxed) {
        py.import("numpy").map_err(|error| {
            let missing = PyImportError::new_err("this node works on images and needs numpy: pip install numpy");
            missing.set_cause(py, Some(error));
            missing
        })?;
        THERE.store(true, Ordering::Relaxed);
    }
    Ok(())
}
