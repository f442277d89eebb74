//! Paths, by the rules of POSIX.

use crate::builtin::argument;
use crate::error::Result;
use crate::eval::whole_struct;
use crate::numbers::NumberItem;
use crate::scope::Scope;
use crate::strings::{StringItem, StringSet};
use crate::text::Text;
use crate::types::Type;

const SLASH: u16 = b'/' as u16;
const DOT: u16 = b'.' as u16;

/// Everything in front of the last part; `.` for a path of one part, `/` for the root.
fn directory_name(path: &[u16]) -> Vec<u16> {
    let end = path.iter().rposition(|unit| *unit != SLASH).map_or(0, |last| last + 1);
    match path[..end].iter().rposition(|unit| *unit == SLASH) {
        None if path.first() == Some(&SLASH) => vec![SLASH],
        None => vec![DOT],
        // A root of two slashes is one of its own.
        Some(1) if path.first() == Some(&SLASH) => vec![SLASH, SLASH],
        Some(slash) => {
            let parent = path[..slash].to_vec();
            if parent.is_empty() { vec![SLASH] } else { parent }
        }
    }
}

/// The last part, without slashes behind it.
fn base_name(path: &[u16]) -> &[u16] {
    let end = path.iter().rposition(|unit| *unit != SLASH).map_or(0, |last| last + 1);
    let start = path[..end].iter().rposition(|unit| *unit == SLASH).map_or(0, |slash| slash + 1);
    &path[start..end]
}

/// Where the extension with its dot starts; a dot in front, and `..`, start none.
fn extension_start(base: &[u16]) -> usize {
    match base.iter().rposition(|unit| *unit == DOT) {
        None | Some(0) => base.len(),
        Some(_) if base == [DOT, DOT] => base.len(),
        Some(dot) => dot,
    }
}

pub(super) fn split(arguments: &[Type], scope: &Scope) -> Result<Type> {
    let mut result = Type::never();
    for item in argument(arguments, 0).strings().items() {
        let StringItem::Literal(path) = item else {
            return Ok(whole_struct(scope, "SplitFilePath")?.into());
        };
        let base = base_name(path.units());
        let (name, extension) = base.split_at(extension_start(base));
        let text = |units: &[u16]| Type::string(Text::from_units(units));
        let directory = scope.instance("Directory", [("path", text(&directory_name(path.units())))])?;
        let parts = [("dir", directory), ("basename", text(name)), ("ext", text(extension))];
        result = result.union(&scope.instance("SplitFilePath", parts)?);
    }
    Ok(result)
}

pub(super) fn parent(path: &Type, times: &Type) -> Result<Type> {
    let mut result = StringSet::never();
    for times in times.numbers().items() {
        for item in path.strings().items() {
            result = result.union(&parents(item, times));
        }
    }
    Ok(result.into())
}

/// Levels that are looked through before the result becomes `string`.
const MAX_LEVELS: usize = 4096;

fn parents(path: StringItem, times: NumberItem) -> StringSet {
    let (fewest, most) = (times.min(), times.max());
    let path = match path {
        StringItem::Literal(path) => path,
        StringItem::Except(strings) if most == 0.0 => return StringSet::Except(strings),
        StringItem::Except(_) => return StringSet::all(),
    };
    let mut result = StringSet::never();
    let mut current = path;
    for level in 0..=MAX_LEVELS {
        if level as f64 >= fewest {
            result = result.union(&StringSet::literal(current.clone()));
        }
        if level as f64 >= most {
            return result;
        }
        let next = Text::from_units(&directory_name(current.units()));
        if next == current {
            // At the root going up changes nothing.
            return result.union(&StringSet::literal(current));
        }
        current = next;
    }
    StringSet::all()
}

pub(super) fn go_into(arguments: &[Type], scope: &Scope) -> Result<Type> {
    let mut result = Type::never();
    for base in argument(arguments, 0).strings().items() {
        for path in argument(arguments, 1).strings().items() {
            result = result.union(&joined(&base, &path, scope)?);
        }
    }
    Ok(result)
}

fn joined(base: &StringItem, path: &StringItem, scope: &Scope) -> Result<Type> {
    let unknown = || Ok(Type::all_strings().union(&whole_struct(scope, "Error")?.into()));
    let StringItem::Literal(path) = path else { return unknown() };
    let error = |message: String| scope.instance("Error", [("message", Type::string(message))]);
    let points = path.code_points();
    if matches!(points.first(), Some(0x2F | 0x5C)) {
        return error("Absolute paths are not allowed as folders.".into());
    }
    let forbidden = |point: &&u32| **point < 0x20 || char::from_u32(**point).is_some_and(|c| "<>:\"|?*".contains(c));
    if let Some(c) = points.iter().find(forbidden).and_then(|point| char::from_u32(*point)) {
        return error(format!("Invalid character '{c}' in folder name."));
    }
    let StringItem::Literal(base) = base else { return unknown() };
    if base.units().first() != Some(&SLASH) {
        // The host would resolve it in its working directory, which is not ours.
        return Ok(Type::all_strings());
    }
    let mut parts: Vec<&[u16]> = Vec::new();
    for part in base.units().split(|unit| *unit == SLASH).chain(path.units().split(|unit| *unit == SLASH)) {
        match part {
            [] | [DOT] => {}
            [DOT, DOT] => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let mut resolved: Vec<u16> =
        parts.iter().flat_map(|part| std::iter::once(SLASH).chain(part.iter().copied())).collect();
    if resolved.is_empty() {
        resolved.push(SLASH);
    }
    Ok(Type::string(Text::from_units(&resolved)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_split_as_in_posix() {
        for (path, directory, name, extension) in [
            ("/a/b.tar.gz", "/a", "b.tar", ".gz"),
            ("a.", ".", "a", "."),
            (".bashrc", ".", ".bashrc", ""),
            ("/", "/", "", ""),
            ("", ".", "", ""),
            ("/a", "/", "a", ""),
            ("a/b/", "a", "b", ""),
            ("..", ".", "..", ""),
            ("/a//b", "/a/", "b", ""),
        ] {
            let units = Text::from(path);
            let text = |units: &[u16]| Text::from_units(units).to_utf8_lossy();
            let base = base_name(units.units());
            let (base, ext) = base.split_at(extension_start(base));
            assert_eq!(
                (text(&directory_name(units.units())), text(base), text(ext)),
                (directory.into(), name.into(), extension.into()),
                "{path}"
            );
        }
    }
}
