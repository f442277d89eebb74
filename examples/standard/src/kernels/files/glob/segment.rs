//! Patterns of names: wildcards, character classes and extended groups.
//!
//! Source: the manual of bash, section "Pattern Matching", with `extglob`. Where that leaves open how much `!(…)` takes, it takes
//! nothing that would let one of its alternatives, and what follows it, match.
//!
//! The name is matched from its end: of each piece it is known from which places on the rest matches, so no pattern takes longer
//! than its length times the square of that of the name.

/// A pattern for one name, without the slash.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Segment {
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq)]
enum Piece {
    Character(char),
    /// `?`
    Any,
    /// `*`
    Run,
    Class(Class),
    Group(Times, Vec<Vec<Piece>>),
}

/// `[…]`
#[derive(Debug, Clone, PartialEq)]
struct Class {
    negated: bool,
    ranges: Vec<(char, char)>,
    named: Vec<fn(char) -> bool>,
}

/// How often one of the alternatives of a group is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Times {
    /// `@(…)`
    Once,
    /// `?(…)`
    AtMostOnce,
    /// `*(…)`
    Any,
    /// `+(…)`
    AtLeastOnce,
    /// `!(…)`
    Not,
}

impl Segment {
    /// Whether this is `**`, which stands for directories.
    pub(super) fn is_any_depth(&self) -> bool {
        self.pieces == [Piece::Run, Piece::Run]
    }

    /// Whether there is nothing between two slashes.
    pub(super) fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// Whether a name is one of those meant.
    pub(super) fn matches(&self, name: &str) -> bool {
        let name: Vec<char> = name.chars().collect();
        let mut end = vec![false; name.len() + 1];
        end[name.len()] = true;
        before(&self.pieces, &name, end)[0]
    }
}

/// The places from which the pieces lead to one of the places of `end`.
fn before(pieces: &[Piece], name: &[char], end: Vec<bool>) -> Vec<bool> {
    pieces.iter().rev().fold(end, |end, piece| piece.before(name, end))
}

impl Piece {
    fn before(&self, name: &[char], end: Vec<bool>) -> Vec<bool> {
        match self {
            Self::Character(own) => step(name, &end, |character| character == *own),
            Self::Any => step(name, &end, |_| true),
            Self::Class(class) => step(name, &end, |character| class.has(character)),
            Self::Run => up_to(&end),
            Self::Group(times, alternatives) => {
                let once = |end: &[bool]| {
                    let each = alternatives.iter().map(|pieces| before(pieces, name, end.to_vec()));
                    each.fold(vec![false; end.len()], |all, one| either(all, &one))
                };
                let often = |end: Vec<bool>| {
                    let mut all = end;
                    loop {
                        let more = either(once(&all), &all);
                        if more == all {
                            return all;
                        }
                        all = more;
                    }
                };
                match times {
                    Times::Once => once(&end),
                    Times::AtMostOnce => either(once(&end), &end),
                    Times::Any => often(end),
                    Times::AtLeastOnce => once(&often(end)),
                    Times::Not => {
                        let refused = once(&end);
                        up_to(&end).into_iter().zip(refused).map(|(any, refused)| any && !refused).collect()
                    }
                }
            }
        }
    }
}

/// The places one character, which `accepts` takes, before those of `end`.
fn step(name: &[char], end: &[bool], accepts: impl Fn(char) -> bool) -> Vec<bool> {
    let steps = name.iter().zip(&end[1..]).map(|(character, end)| *end && accepts(*character));
    steps.chain([false]).collect()
}

/// The places at or before one of `end`.
fn up_to(end: &[bool]) -> Vec<bool> {
    let last = end.iter().rposition(|end| *end);
    (0..end.len()).map(|place| last.is_some_and(|last| place <= last)).collect()
}

fn either(all: Vec<bool>, one: &[bool]) -> Vec<bool> {
    all.into_iter().zip(one).map(|(all, one)| all || *one).collect()
}

impl Class {
    fn has(&self, character: char) -> bool {
        let inside = self.ranges.iter().any(|(first, last)| (*first..=*last).contains(&character))
            || self.named.iter().any(|is| is(character));
        inside != self.negated
    }
}

/// The segments of a pattern, between its slashes.
pub(super) fn parse(pattern: &str) -> Vec<Segment> {
    let characters: Vec<char> = pattern.chars().collect();
    let mut parser = Parser { pattern: &characters, at: 0 };
    let mut segments = Vec::new();
    loop {
        segments.push(Segment { pieces: parser.pieces(false) });
        // What stopped the parser is a slash, or the end.
        if parser.at >= characters.len() {
            return segments;
        }
        parser.at += 1;
    }
}

struct Parser<'a> {
    pattern: &'a [char],
    at: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<char> {
        self.pattern.get(self.at).copied()
    }

    /// Up to a slash, or in a group up to the end of the alternative.
    fn pieces(&mut self, in_group: bool) -> Vec<Piece> {
        let mut pieces = Vec::new();
        while let Some(character) = self.peek() {
            match character {
                '/' if !in_group => break,
                '|' | ')' if in_group => break,
                _ => {}
            }
            if let Some(group) = self.group() {
                pieces.push(group);
                continue;
            }
            self.at += 1;
            match character {
                '*' => pieces.push(Piece::Run),
                '?' => pieces.push(Piece::Any),
                '[' => pieces.push(self.class().map_or(Piece::Character('['), Piece::Class)),
                // A slash separates also behind a backslash; at the end the backslash says nothing.
                '\\' => match self.peek() {
                    None | Some('/') => {}
                    Some(escaped) => {
                        self.at += 1;
                        pieces.push(Piece::Character(escaped));
                    }
                },
                other => pieces.push(Piece::Character(other)),
            }
        }
        pieces
    }

    /// An extended group that starts here; without its closing parenthesis it is none.
    fn group(&mut self) -> Option<Piece> {
        let times = match self.peek()? {
            '@' => Times::Once,
            '?' => Times::AtMostOnce,
            '*' => Times::Any,
            '+' => Times::AtLeastOnce,
            '!' => Times::Not,
            _ => return None,
        };
        let start = self.at;
        if self.pattern.get(start + 1) != Some(&'(') {
            return None;
        }
        self.at += 2;
        let mut alternatives = Vec::new();
        loop {
            alternatives.push(self.pieces(true));
            let stop = self.peek();
            self.at += 1;
            match stop {
                Some('|') => {}
                Some(')') => return Some(Piece::Group(times, alternatives)),
                _ => {
                    self.at = start;
                    return None;
                }
            }
        }
    }

    /// A class whose opening bracket has been read; without its closing one, or with a slash, it is none.
    fn class(&mut self) -> Option<Class> {
        let start = self.at;
        let class = self.class_behind_bracket();
        if class.is_none() {
            self.at = start;
        }
        class
    }

    fn class_behind_bracket(&mut self) -> Option<Class> {
        let negated = matches!(self.peek(), Some('!' | '^'));
        self.at += usize::from(negated);
        let mut class = Class { negated, ranges: Vec::new(), named: Vec::new() };
        let first = self.at;
        loop {
            if self.peek()? == ']' && self.at > first {
                self.at += 1;
                return Some(class);
            }
            if let Some(named) = self.named_class() {
                class.named.push(named);
                continue;
            }
            let from = self.class_character()?;
            let is_range = self.peek() == Some('-') && self.pattern.get(self.at + 1).is_some_and(|next| *next != ']');
            let to = if is_range {
                self.at += 1;
                self.class_character()?
            } else {
                from
            };
            class.ranges.push((from, to));
        }
    }

    fn class_character(&mut self) -> Option<char> {
        self.at += usize::from(self.peek()? == '\\');
        let character = self.peek().filter(|character| *character != '/')?;
        self.at += 1;
        Some(character)
    }

    /// `[:alpha:]` and its likes, which POSIX defines.
    fn named_class(&mut self) -> Option<fn(char) -> bool> {
        let name = self.pattern[self.at..].strip_prefix(&['[', ':'])?;
        let length = name.iter().position(|character| *character == ':')?;
        let named: fn(char) -> bool = match String::from_iter(&name[..length]).as_str() {
            "alnum" => |c| c.is_ascii_alphanumeric(),
            "alpha" => |c| c.is_ascii_alphabetic(),
            "blank" => |c| c == ' ' || c == '\t',
            "digit" => |c| c.is_ascii_digit(),
            "lower" => |c| c.is_ascii_lowercase(),
            "punct" => |c| c.is_ascii_punctuation(),
            "space" => |c| c.is_ascii_whitespace(),
            "upper" => |c| c.is_ascii_uppercase(),
            "word" => |c| c.is_ascii_alphanumeric() || c == '_',
            "xdigit" => |c| c.is_ascii_hexdigit(),
            _ => return None,
        };
        if name.get(length + 1) != Some(&']') {
            return None;
        }
        self.at += length + 4;
        Some(named)
    }
}
