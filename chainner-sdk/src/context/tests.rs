use std::{
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

use rayon::prelude::*;

use super::*;

const SOON: Duration = Duration::from_secs(30);

#[test]
fn progress_of_parts_is_progress_of_the_whole() {
    let ctx = Context::new();
    ctx.progress(0.25).expect("nobody aborts");
    assert_eq!(ctx.fraction(), 0.25);
    let part = ctx.part(0.5..0.75);
    part.progress(0.5).expect("nobody aborts");
    assert_eq!(ctx.fraction(), 0.625);
    part.part(0.0..0.5).progress(1.0).expect("nobody aborts");
    assert_eq!(ctx.fraction(), 0.625);
    for (given, counted) in [(f64::NAN, 0.0), (-1.0, 0.0), (7.0, 1.0), (f64::INFINITY, 1.0)] {
        ctx.progress(given).expect("nobody aborts");
        assert_eq!(ctx.fraction(), counted, "{given}");
    }
    ctx.part(f64::NAN..f64::NAN).progress(1.0).expect("nobody aborts");
    assert_eq!(ctx.fraction(), 0.0);
}

#[test]
fn steps_are_counted_from_all_threads() {
    let ctx = Context::new();
    let steps = ctx.part(0.0..0.5).steps(1000);
    (0..999).into_par_iter().try_for_each(|_| steps.step()).expect("nobody aborts");
    assert_eq!(ctx.fraction(), 0.4995);
    steps.step().expect("nobody aborts");
    steps.step().expect("one too many is no harm");
    assert_eq!(ctx.fraction(), 0.5);
    assert!(Context::new().steps(0).step().is_ok());
}

#[test]
fn an_abort_ends_a_loop_on_all_threads() {
    let ctx = Context::new();
    let aborter = ctx.clone();
    thread::spawn(move || {
        thread::sleep(Duration::from_millis(30));
        aborter.abort();
    });
    let start = Instant::now();
    let endless = rayon::iter::repeat(()).try_for_each(|()| ctx.check());
    assert_eq!(endless, Err(Aborted));
    assert!(start.elapsed() < SOON);
    ctx.resume();
    assert!(ctx.is_aborted(), "for good");
    assert_eq!(ctx.progress(0.5), Err(Aborted));
}

#[test]
fn a_pause_holds_and_resuming_or_aborting_ends_it() {
    for abort in [false, true] {
        let ctx = Context::new();
        ctx.pause();
        assert!(!ctx.is_aborted());
        let waiting = ctx.clone();
        let waits = thread::spawn(move || waiting.check());
        thread::sleep(Duration::from_millis(30));
        assert!(!waits.is_finished());
        if abort {
            ctx.abort()
        } else {
            ctx.resume()
        }
        assert_eq!(waits.join().expect("no panic"), if abort { Err(Aborted) } else { Ok(()) });
    }
}

#[test]
fn cleanups_are_done_once_and_in_reverse() {
    let said = Arc::new(Mutex::new(Vec::new()));
    let say = |what: u32| {
        let said = Arc::clone(&said);
        move || said.lock().expect("no panic").push(what)
    };
    let ctx = Context::new();
    ctx.on_cleanup(say(1));
    ctx.on_cleanup(|| panic!("on purpose"));
    ctx.clone().on_cleanup(say(2));
    ctx.control().clean_up();
    ctx.control().clean_up();
    assert_eq!(*said.lock().expect("no panic"), [2, 1]);
    ctx.on_cleanup(say(3));
    drop(ctx);
    assert_eq!(*said.lock().expect("no panic"), [2, 1, 3], "at the latest when the context is gone");
}

#[test]
fn the_folder_is_that_of_the_package() {
    let place = std::env::temp_dir().join(format!("chainner-sdk-storage-{}", std::process::id()));
    let ctx = Context::new().with_storage_dir(&place);
    let folder = ctx.storage_dir().expect("it can be made");
    assert!(folder.is_dir() && folder.starts_with(&place) && folder != place);
    let file = folder.join("file");
    std::fs::write(&file, "").expect("it can be written to");
    let error = Context::new().with_storage_dir(&file).storage_dir().expect_err("a file is no folder");
    assert!(error.to_string().contains("file"), "{error}");
    std::fs::remove_dir_all(place).expect("it can be removed");
}

#[test]
fn a_body_is_looked_after() {
    let ctx = Context::new();
    let mut looks = 0;
    let ended = attended(
        || rayon::iter::repeat(()).try_for_each(|()| ctx.check()),
        || {
            looks += 1;
            ctx.abort();
        },
    );
    assert_eq!(ended, Err(Aborted));
    assert_eq!(looks, 1);
    assert!(std::panic::catch_unwind(|| attended(|| panic!("on purpose"), || ())).is_err());
}

#[test]
fn the_error_is_known_behind_others() {
    #[derive(Debug)]
    struct Own(Aborted);
    impl std::fmt::Display for Own {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("own")
        }
    }
    impl std::error::Error for Own {
        fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
            Some(&self.0)
        }
    }
    use crate::{ErrorKind, NodeError};
    assert_eq!(NodeError::from(Aborted).kind(), ErrorKind::Aborted);
    assert_eq!(NodeError::from(Own(Aborted)).kind(), ErrorKind::Aborted);
    assert_eq!(NodeError::new("the run was stopped").kind(), ErrorKind::Node);
}
