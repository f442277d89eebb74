//! Memory of numpy arrays that comes back to the pool of image buffers.
//!
//! numpy frees what an array owns through the array's memory handler, where it has one (NEP 49, numpy 1.22): a capsule with a table
//! of functions. Arrays around pooled buffers get ours, so that they own their memory as any other array does, and the buffer is
//! kept for the next image once the array and all views of it are gone.

use std::{
    ffi::{CStr, c_char, c_void},
    ptr::{self, NonNull},
};

use numpy::npyffi::{self, PY_ARRAY_API};
use pyo3::{ffi, prelude::*, sync::PyOnceLock};

use crate::image::memory;

/// `PyDataMem_Handler`, version 1, as numpy's `ndarraytypes.h` declares it.
#[repr(C)]
struct Handler {
    name: [c_char; 127],
    version: u8,
    context: *mut c_void,
    malloc: unsafe extern "C" fn(*mut c_void, usize) -> *mut c_void,
    calloc: unsafe extern "C" fn(*mut c_void, usize, usize) -> *mut c_void,
    realloc: unsafe extern "C" fn(*mut c_void, *mut c_void, usize) -> *mut c_void,
    free: unsafe extern "C" fn(*mut c_void, *mut c_void, usize),
}

// SAFETY: never written to; the context is null.
unsafe impl Sync for Handler {}

/// The fields of an array that numpy 1.22 put behind those of [`npyffi::PyArrayObject_fields`].
#[repr(C)]
struct Fields {
    fields: npyffi::PyArrayObject_fields,
    buffer_info: *mut c_void,
    mem_handler: *mut ffi::PyObject,
}

/// What numpy asks capsules of memory handlers to be called.
const CAPSULE: &CStr = c"mem_handler";
/// `NPY_1_22_API_VERSION`.
const WITH_HANDLERS: u32 = 0xf;

static HANDLER: Handler = Handler {
    // Shown by `numpy.core.multiarray.get_handler_name`.
    name: name(c"chainner_sdk"),
    version: 1,
    context: ptr::null_mut(),
    malloc,
    calloc,
    realloc,
    free,
};

const fn name(text: &CStr) -> [c_char; 127] {
    let bytes = text.to_bytes();
    let mut name = [0; 127];
    let mut i = 0;
    while i < bytes.len() {
        name[i] = bytes[i] as c_char;
        i += 1;
    }
    name
}

unsafe extern "C" fn malloc(_context: *mut c_void, bytes: usize) -> *mut c_void {
    // SAFETY: `malloc` has no requirements.
    unsafe { libc::malloc(bytes) }
}

unsafe extern "C" fn calloc(_context: *mut c_void, count: usize, bytes: usize) -> *mut c_void {
    // SAFETY: `calloc` has no requirements.
    unsafe { libc::calloc(count, bytes) }
}

/// What `ndarray.resize` calls. The memory is numpy's own from then on.
unsafe extern "C" fn realloc(_context: *mut c_void, start: *mut c_void, bytes: usize) -> *mut c_void {
    if let Some(start) = NonNull::new(start.cast()) {
        memory::forget(start);
    }
    // SAFETY: numpy passes what one of these functions returned, or a buffer of the C allocator that the array was made around.
    unsafe { libc::realloc(start, bytes) }
}

unsafe extern "C" fn free(_context: *mut c_void, start: *mut c_void, _bytes: usize) {
    if let Some(start) = NonNull::new(start.cast()) {
        // SAFETY: as for `realloc`; numpy frees when the array is gone, and the views of it that kept it alive.
        unsafe { memory::take_back(start) };
    }
}

/// Has numpy give the memory of an array back to the pool; `false` when this numpy cannot.
///
/// # Safety
/// `array` is an array without a memory handler, which owns its memory or is going to, and nobody else has it yet.
pub(super) unsafe fn hand_over(py: Python<'_>, array: *mut ffi::PyObject) -> bool {
    static CAPSULE_OBJECT: PyOnceLock<Option<Py<PyAny>>> = PyOnceLock::new();
    let capsule = CAPSULE_OBJECT.get_or_init(py, || {
        // SAFETY: numpy is loaded, as there is an array.
        if unsafe { PY_ARRAY_API.PyArray_GetNDArrayCFeatureVersion(py) } < WITH_HANDLERS {
            return None;
        }
        let handler: *const Handler = &raw const HANDLER;
        // SAFETY: name and table are static; numpy only reads the table.
        unsafe {
            let capsule = ffi::PyCapsule_New(handler.cast_mut().cast(), CAPSULE.as_ptr(), None);
            Bound::from_owned_ptr_or_opt(py, capsule).map(Bound::unbind)
        }
    });
    let Some(capsule) = capsule else { return false };
    // SAFETY: from 1.22 on these are the fields of an array; the handler is its own reference, which numpy releases with the array.
    unsafe {
        let fields = npyffi::_PyArray_GET_ITEM_DATA(array.cast()).cast::<Fields>();
        debug_assert!((*fields).mem_handler.is_null());
        (*fields).mem_handler = capsule.clone_ref(py).into_ptr();
    }
    true
}
