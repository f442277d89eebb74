//! Looking after a node at work: its progress on stderr, and Ctrl-C. Only nodes that take a `Context` are looked after; any other
//! ends with the process.

use std::{
    ffi::c_void,
    io::{self, IsTerminal as _, Write as _},
    process,
    sync::atomic::{AtomicBool, Ordering},
};

use chainner_sdk::library::Attendant;

/// What a process ends with after Ctrl-C, by the convention of shells.
pub const INTERRUPTED: i32 = 130;

static STOPPED: AtomicBool = AtomicBool::new(false);

/// Width of the bar, in characters.
const WIDTH: usize = 30;

/// Shows how far a node is.
#[derive(Debug)]
pub struct Attending {
    name: String,
    style: Style,
    /// In hundredths, as last shown.
    shown: Option<u8>,
    has_listened: bool,
}

/// How progress is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    /// One line that grows, on a terminal.
    Bar,
    /// A line for each tenth, for logs.
    Lines,
    /// Not at all.
    None,
}

impl Attending {
    /// For a node of this name; says nothing if `is_quiet`.
    pub fn new(name: &str, is_quiet: bool) -> Self {
        let style = match () {
            () if is_quiet => Style::None,
            () if io::stderr().is_terminal() => Style::Bar,
            () => Style::Lines,
        };
        Self { name: name.to_owned(), style, shown: None, has_listened: false }
    }

    /// The attendant for the library, valid as long as this.
    pub fn attendant(&mut self) -> Attendant {
        Attendant { attend, attendant: (&raw mut *self).cast() }
    }

    fn attend(&mut self, fraction: f64) -> bool {
        if !self.has_listened {
            self.has_listened = true;
            // Without a handler, Ctrl-C ends the process at once, which is no worse.
            let _ = ctrlc::set_handler(|| {
                if STOPPED.swap(true, Ordering::Relaxed) {
                    // Asked twice: the node does not listen.
                    process::exit(INTERRUPTED);
                }
            });
        }
        if fraction.is_finite() {
            self.show((fraction * 100.0) as u8);
        }
        !STOPPED.load(Ordering::Relaxed)
    }

    fn show(&mut self, percent: u8) {
        let line = line(&self.name, self.style, self.shown, percent);
        if let Some(line) = line {
            self.shown = Some(percent);
            // That nobody reads it is no reason to fail.
            let _ = write!(io::stderr(), "{line}");
        }
    }
}

/// The bar goes; what follows stands in its place.
impl Drop for Attending {
    fn drop(&mut self) {
        if self.style == Style::Bar && self.shown.is_some() {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}

fn line(name: &str, style: Style, shown: Option<u8>, percent: u8) -> Option<String> {
    match style {
        Style::Bar if shown != Some(percent) => {
            let done = usize::from(percent.min(100)) * WIDTH / 100;
            let (full, empty) = ("=".repeat(done), " ".repeat(WIDTH - done));
            Some(format!("\r{name} [{full}{empty}] {percent:>3} %"))
        }
        Style::Lines if shown.is_none_or(|shown| shown / 10 < percent / 10) => Some(format!("{name}: {percent} %\n")),
        _ => None,
    }
}

extern "C" fn attend(attendant: *mut c_void, fraction: f64) -> bool {
    // SAFETY: `attendant` above passes a pointer to this type, and the library calls back on the thread that waits for it.
    unsafe { &mut *attendant.cast::<Attending>() }.attend(fraction)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logs_have_a_line_for_each_tenth_and_terminals_a_bar() {
        let mut shown = None;
        let lines: Vec<String> = (0..=100)
            .filter_map(|percent| {
                let line = line("grain", Style::Lines, shown, percent)?;
                shown = Some(percent);
                Some(line)
            })
            .collect();
        assert_eq!(lines.len(), 11);
        assert_eq!(lines[1], "grain: 10 %\n");
        assert_eq!(
            line("grain", Style::Bar, None, 50).as_deref(),
            Some("\rgrain [===============               ]  50 %")
        );
        assert_eq!(line("grain", Style::Bar, Some(50), 50), None);
        assert_eq!(line("grain", Style::None, None, 50), None);
    }
}
