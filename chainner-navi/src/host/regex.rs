//! `regexReplace` and `regexFind`.

use crate::error::Result;
use crate::scope::Scope;
use crate::types::Type;

pub(super) fn replace(arguments: &[Type], scope: &Scope) -> Result<Type> {
    each_combination(arguments, |arguments| engine::replace(arguments, scope))
}

pub(super) fn find(arguments: &[Type], scope: &Scope) -> Result<Type> {
    each_combination(arguments, |arguments| engine::find(arguments, scope))
}

/// Combinations that are looked at before the result is what it can be at most.
const MAX_COMBINATIONS: usize = 4096;

fn each_combination(arguments: &[Type], mut f: impl FnMut(&[Type]) -> Result<Type>) -> Result<Type> {
    let items: Vec<Vec<Type>> = arguments.iter().map(Type::items).collect();
    let count = items.iter().fold(1usize, |count, items| count.saturating_mul(items.len()));
    if count > MAX_COMBINATIONS {
        return f(arguments);
    }
    let mut result = Type::never();
    for index in 0..count {
        let mut rest = index;
        let combination: Vec<Type> = items
            .iter()
            .map(|items| {
                let item = items[rest % items.len()].clone();
                rest /= items.len();
                item
            })
            .collect();
        result = result.union(&f(&combination)?);
    }
    Ok(result)
}

#[cfg(not(feature = "regex"))]
mod engine {
    use super::super::pattern::anything;
    use super::*;

    pub(super) fn replace(_: &[Type], scope: &Scope) -> Result<Type> {
        anything(scope)
    }

    pub(super) fn find(_: &[Type], scope: &Scope) -> Result<Type> {
        anything(scope)
    }
}

#[cfg(feature = "regex")]
mod engine {
    use regex::{Captures, Regex};

    use super::super::pattern::{self, Part, anything, error};
    use super::*;
    use crate::builtin::argument;

    /// A regular expression and a pattern whose holes are groups.
    struct Prepared {
        regex: Option<Regex>,
        pattern: Option<Vec<Part>>,
    }

    fn literal(argument: &Type) -> Option<String> {
        argument.as_string().and_then(|text| text.to_utf8())
    }

    /// What is literal, checked; or the message about what is wrong with it.
    fn prepare(regex: &Type, replacement: &Type) -> std::result::Result<Prepared, String> {
        let regex = literal(regex).map(|text| Regex::new(&text)).transpose().map_err(|problem| {
            let problem = problem.to_string();
            // The engine draws the expression first; what follows `error: ` is the point.
            let point = problem.rsplit_once("\nerror: ").map_or(problem.as_str(), |(_, point)| point);
            format!("Invalid regex: {point}")
        })?;
        let pattern = literal(replacement)
            .map(|text| pattern::parse(&text))
            .transpose()
            .map_err(|problem| format!("Error: {problem}"))?;
        if let (Some(regex), Some(parts)) = (&regex, &pattern) {
            let known = groups(regex);
            for part in parts {
                if let Part::Hole(name) = part
                    && !known.contains(name)
                {
                    return Err(format!(
                        "Error: Invalid replacement pattern. \"{{{name}}}\" is not a valid replacement. Available \
                         replacements: {}.",
                        known.join(", ")
                    ));
                }
            }
        }
        Ok(Prepared { regex, pattern })
    }

    /// Numbers and names of all groups.
    fn groups(regex: &Regex) -> Vec<String> {
        let mut groups: Vec<String> = (0..regex.captures_len()).map(|index| index.to_string()).collect();
        groups.extend(regex.capture_names().flatten().map(str::to_owned));
        groups
    }

    /// The pattern with a match's groups in its holes. Groups that took no part are skipped in the numbering.
    fn filled(parts: &[Part], regex: &Regex, captures: &Captures<'_>) -> std::result::Result<String, String> {
        let numbered: Vec<&str> = captures.iter().flatten().map(|group| group.as_str()).collect();
        let mut known: Vec<String> = (0..numbered.len()).map(|index| index.to_string()).collect();
        known.extend(regex.capture_names().flatten().filter(|name| captures.name(name).is_some()).map(str::to_owned));
        let mut out = String::new();
        for part in parts {
            match part {
                Part::Text(text) => out.push_str(text),
                Part::Hole(name) => {
                    let group = match name.parse::<usize>() {
                        Ok(index) => numbered.get(index).copied(),
                        Err(_) => captures.name(name).map(|group| group.as_str()),
                    };
                    out.push_str(group.ok_or_else(|| {
                        format!(
                            "Error: Unknown replacement. There is no replacement with the name or id {name}. Available \
                             replacements: {}.",
                            known.join(", ")
                        )
                    })?);
                }
            }
        }
        Ok(out)
    }

    pub(super) fn replace(arguments: &[Type], scope: &Scope) -> Result<Type> {
        let prepared = match prepare(argument(arguments, 1), argument(arguments, 2)) {
            Ok(prepared) => prepared,
            Err(message) => return error(scope, message),
        };
        let count = argument(arguments, 3).as_number();
        let (Some(text), Prepared { regex: Some(regex), pattern: Some(pattern) }, Some(count)) =
            (literal(argument(arguments, 0)), prepared, count)
        else {
            return anything(scope);
        };
        let mut out = String::new();
        let mut behind = 0;
        for (index, captures) in regex.captures_iter(&text).enumerate() {
            let Some(whole) = captures.get(0) else { continue };
            if index as f64 >= count {
                break;
            }
            out.push_str(&text[behind..whole.start()]);
            match filled(&pattern, &regex, &captures) {
                Ok(replacement) => out.push_str(&replacement),
                Err(message) => return error(scope, message),
            }
            behind = whole.end();
        }
        out.push_str(&text[behind..]);
        Ok(Type::string(out))
    }

    pub(super) fn find(arguments: &[Type], scope: &Scope) -> Result<Type> {
        let prepared = match prepare(argument(arguments, 1), argument(arguments, 2)) {
            Ok(prepared) => prepared,
            Err(message) => return error(scope, message),
        };
        let (Some(text), Prepared { regex: Some(regex), pattern: Some(pattern) }) =
            (literal(argument(arguments, 0)), prepared)
        else {
            return anything(scope);
        };
        match regex.captures(&text).map(|captures| filled(&pattern, &regex, &captures)) {
            Some(Ok(found)) => Ok(Type::string(found)),
            Some(Err(message)) => error(scope, message),
            None => error(scope, "Error: No match found."),
        }
    }
}
