//! Patterns of paths: `scans/**/!(draft)*.{png,jpg}`.
//!
//! Source: the documentation of wcmatch, a library for Python, with its flags for braces, extended groups, `**`, hidden files and
//! exclusion, which were found by calling the app's node. Cases of letters are told apart, but not on Windows.

mod braces;
mod segment;

use thiserror::Error;

use segment::Segment;

/// Paths that are meant, and paths that are not.
#[derive(Debug, Clone, PartialEq)]
pub struct Glob {
    included: Vec<Path>,
    excluded: Vec<Path>,
}

/// Why a text is no pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum GlobError {
    /// It would lead out of the directory.
    #[error(
        "starts with a slash, but is searched below the directory; name what is below it, or choose another directory"
    )]
    Absolute,
    /// Braces with too many parts.
    #[error("stands for more than {} expressions; use * in place of braces", braces::MOST)]
    TooMany,
}

/// The names along a path.
#[derive(Debug, Clone, PartialEq)]
pub struct Path {
    segments: Vec<Segment>,
    /// Written with a slash at the end.
    is_directory: bool,
}

/// What names are next in a [`Path`].
#[derive(Debug, Clone, Copy)]
pub enum Next<'a> {
    /// Any number of directories, then the rest.
    AnyDepth(Rest<'a>),
    /// One name, then the rest.
    Name(Name<'a>, Rest<'a>),
}

/// A pattern for one name.
#[derive(Debug, Clone, Copy)]
pub struct Name<'a>(&'a Segment);

/// What is left of a [`Path`].
#[derive(Debug, Clone, Copy)]
pub struct Rest<'a> {
    segments: &'a [Segment],
    is_directory: bool,
}

impl Glob {
    /// From its text.
    ///
    /// # Errors
    /// When it is absolute, or stands for too many patterns.
    pub fn new(text: &str) -> Result<Self, GlobError> {
        let (mut included, mut excluded) = (Vec::new(), Vec::new());
        for pattern in braces::expand(text).ok_or(GlobError::TooMany)? {
            match pattern.strip_prefix('!') {
                Some(rest) if !rest.starts_with('(') => excluded.extend(Path::new(rest)),
                _ if pattern.starts_with('/') => return Err(GlobError::Absolute),
                _ => included.extend(Path::new(&pattern)),
            }
        }
        // Who only says what is not meant, means all others.
        if included.is_empty() && !excluded.is_empty() {
            included.extend(Path::new("**"));
        }
        Ok(Self { included, excluded })
    }

    /// Paths to look for.
    pub fn included(&self) -> impl Iterator<Item = Rest<'_>> {
        self.included.iter().map(Path::rest)
    }

    /// Whether a path, given by its names, is left out.
    pub fn excludes(&self, names: &[&str]) -> bool {
        self.excluded.iter().any(|path| path.rest().matches(names))
    }
}

impl Path {
    fn new(pattern: &str) -> Option<Self> {
        let mut segments = segment::parse(&cased(pattern));
        let is_directory = segments.last().is_some_and(Segment::is_empty);
        segments.retain(|segment| !segment.is_empty());
        // One `**` after another reaches no further.
        segments.dedup_by(|next, segment| next.is_any_depth() && segment.is_any_depth());
        (!segments.is_empty()).then_some(Self { segments, is_directory })
    }

    fn rest(&self) -> Rest<'_> {
        Rest { segments: &self.segments, is_directory: self.is_directory }
    }
}

impl<'a> Rest<'a> {
    /// What comes next; `None` at the end.
    pub fn next(self) -> Option<Next<'a>> {
        let (first, segments) = self.segments.split_first()?;
        let rest = Rest { segments, ..self };
        Some(if first.is_any_depth() { Next::AnyDepth(rest) } else { Next::Name(Name(first), rest) })
    }

    /// Whether nothing is left.
    pub fn is_over(self) -> bool {
        self.segments.is_empty()
    }

    /// Whether only directories are meant.
    pub fn is_directory(self) -> bool {
        self.is_directory
    }

    fn matches(self, names: &[&str]) -> bool {
        match self.next() {
            None => names.is_empty(),
            Some(Next::AnyDepth(rest)) => (0..=names.len()).any(|depth| rest.matches(&names[depth..])),
            Some(Next::Name(name, rest)) => {
                names.split_first().is_some_and(|(first, names)| name.matches(first) && rest.matches(names))
            }
        }
    }
}

impl Name<'_> {
    /// Whether the name is one of those meant.
    pub fn matches(self, name: &str) -> bool {
        self.0.matches(&cased(name))
    }
}

/// As the system compares names.
fn cased(text: &str) -> String {
    if cfg!(windows) { text.to_lowercase() } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether a path is found.
    fn finds(pattern: &str, path: &str) -> bool {
        let glob = Glob::new(pattern).expect("a pattern");
        let names: Vec<&str> = path.split('/').collect();
        glob.included().any(|included| included.matches(&names)) && !glob.excludes(&names)
    }

    #[test]
    fn patterns_mean_what_the_app_takes_them_to_mean() {
        for (pattern, found, not_found) in [
            ("**/*", &["a.png", ".hid.png", ".hd/a.png", "sub/deep/x.png"][..], &[][..]),
            ("*", &["a.png", ".hid.png"], &["sub/a.png"]),
            ("**", &["a.png", "sub/a.png"], &[]),
            ("*/*", &["sub/a.png"], &["a.png", "sub/deep/x.png"]),
            ("sub/**/*.png", &["sub/a.png", "sub/deep/x.png"], &["a.png"]),
            ("sub//a.png", &["sub/a.png"], &[]),
            ("SUB/*", if cfg!(windows) { &["sub/a.png"] } else { &[] }, &["a.png"]),
            ("./a.png", &[], &["a.png"]),
            ("{a,b1}.*", &["a.png", "b1.jpg"], &["b2.jpg"]),
            ("[!ab]*", &["c.png", ".hid"], &["a.png", "b.png"]),
            ("[^ab]*", &["c.png"], &["a.png"]),
            ("[]a].png", &["].png", "a.png"], &["b.png"]),
            ("[a-].png", &["-.png", "a.png"], &["b.png"]),
            ("[--a].png", &["-.png", "1.png", "a.png"], &["b.png"]),
            ("[c-a].png", &[], &["a.png", "b.png"]),
            ("[!c-a].png", &["a.png"], &[]),
            ("[a/b].png", &[], &["a.png"]),
            (r"[a\]b].png", &["].png", "b.png"], &[r"\.png"]),
            ("b[[:alpha:]1].jpg", &["b1.jpg", "bx.jpg"], &["b2.jpg"]),
            ("we[[]1[]].png", &["we[1].png"], &[]),
            (r"we\[1\].png", &["we[1].png"], &[]),
            ("[a", &["[a"], &["a"]),
            ("!a.png", &["b.png", "sub/a.png"], &["a.png"]),
            ("!sub/**", &["a.png"], &["sub/a.png", "sub/deep/x.png"]),
            ("!!a.png", &["a.png"], &["!a.png"]),
            ("{**/*.png,!a.png}", &["b.png", "sub/a.png"], &["a.png", "c.jpg"]),
            ("!{a,b}.png", &["c.png"], &["a.png", "b.png"]),
            ("!(a).png", &["b.png", "ab.png"], &["a.png", "sub/b.png"]),
            ("!(a)*", &["b.png"], &["a.png", "ab.png"]),
            ("*.!(jpg)", &["a.png"], &["a.jpg"]),
            ("!(!(a)).png", &["a.png"], &["b.png"]),
            ("!(*.png)", &["c.jpg"], &["a.png"]),
            ("@(a|b1).*", &["a.png", "b1.jpg"], &["b.png"]),
            ("?(a)b.png", &["ab.png", "b.png"], &["aab.png"]),
            ("+(a|b).png", &["abba.png"], &[".png"]),
            ("*(a|b).png", &["abba.png", ".png"], &["c.png"]),
            ("@(sub/a|a).png", &["a.png"], &["sub/a.png"]),
            ("@(a.png", &["@(a.png"], &["a.png"]),
            ("(x).png", &["(x).png"], &["x.png"]),
            ("p|q.png", &["p|q.png"], &["p", "q.png"]),
            ("***/*", &["sub/a.png"], &["a.png", "sub/deep/x.png"]),
            ("a**", &["a.png"], &["sub/a.png"]),
            ("**a.png", &["ba.png"], &["sub/a.png"]),
            (r"sub\/a.png", &["sub/a.png"], &[]),
            (r"a.png\", &["a.png"], &[]),
            ("**/sub/**/a.png", &["sub/a.png", "x/sub/y/z/a.png"], &["a.png"]),
            ("", &[], &["a.png"]),
        ] {
            for path in found {
                assert!(finds(pattern, path), "{pattern} finds {path}");
            }
            for path in not_found {
                assert!(!finds(pattern, path), "{pattern} does not find {path}");
            }
        }
    }

    #[test]
    fn what_cannot_be_searched_is_refused() {
        assert_eq!(Glob::new("/tmp/*"), Err(GlobError::Absolute));
        assert_eq!(Glob::new("{1..1000000}"), Err(GlobError::TooMany));
    }

    #[test]
    fn no_pattern_takes_long() {
        let name = "a".repeat(200);
        assert!(!finds(&format!("{}b", "*a".repeat(60)), &name));
        assert!(!finds(&format!("{}b", "+(a|aa)".repeat(20)), &name));
    }
}
