//! WHEEL and `entry_points.txt`.

use super::headers::Headers;
use super::subject::{Subject, inside, installed};
use crate::check::Findings;
use crate::codes::Code;

/// The group of entry points under which chaiNNer packages are found.
pub(super) const PACKAGES: &str = "chainner.packages";

/// WHEEL says how the archive is to be installed.
pub(super) fn check_wheel(subject: &Subject, findings: &mut Findings) {
    let Some(path) = subject.information("WHEEL") else { return };
    let place = inside(&path);
    let Some(wheel) = &subject.wheel else {
        if subject.contents(&path).is_some() || !subject.has(&path) {
            findings.error(Code::WheelFile, "WHEEL is missing, or not text").help("build the wheel anew");
        }
        return;
    };
    if let Some(line) = &wheel.broken_line {
        findings
            .error(Code::WheelFile, format!("the line `{}` of WHEEL is no field", line.escape_debug()))
            .at(&place)
            .help("build the wheel anew");
    }
    let version = wheel.first("Wheel-Version").unwrap_or_default();
    if !is_known_version(version) {
        findings
            .error(Code::WheelFormat, format!("`Wheel-Version: {version}`: expected 1.0"))
            .at(&place)
            .help("write `Wheel-Version: 1.0`, the only version of the format there is");
    }
    let is_pure = root_is_pure(wheel);
    if is_pure.is_none() {
        findings
            .error(Code::WheelFile, "WHEEL has no `Root-Is-Purelib` of `true` or `false`")
            .at(&place)
            .help("write `Root-Is-Purelib: false` for compiled code, `true` otherwise");
    }
    let directories = subject.members.iter().filter_map(|member| {
        let (top, rest) = member.path.split_once('/')?;
        let (scheme, _) = rest.split_once('/').unwrap_or((rest, ""));
        top.ends_with(".data").then_some((member.path.as_str(), scheme))
    });
    for (path, scheme) in directories {
        if !["purelib", "platlib", "headers", "scripts", "data"].contains(&scheme) {
            findings
                .error(Code::WheelScheme, format!("`{path}`: installers know no scheme `{scheme}`"))
                .at(inside(path))
                .help("below `.data` there are `purelib`, `platlib`, `headers`, `scripts` and `data`");
        }
    }
}

fn is_known_version(version: &str) -> bool {
    version.split_once('.').is_some_and(|(major, minor)| major == "1" && minor.parse::<u32>().is_ok())
}

/// What `Root-Is-Purelib` says.
pub(super) fn root_is_pure(wheel: &Headers) -> Option<bool> {
    match wheel.first("Root-Is-Purelib")?.to_ascii_lowercase().as_str() {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    }
}

/// One entry point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct EntryPoint {
    pub(super) group: String,
    pub(super) name: String,
    /// `package.module`.
    pub(super) module: String,
    /// `object.attribute`, possibly empty.
    pub(super) object: String,
}

/// Reads `entry_points.txt`; the error is the line that does not fit.
pub(super) fn entry_points(text: &str) -> Result<Vec<EntryPoint>, String> {
    let mut points: Vec<EntryPoint> = Vec::new();
    let mut group = None;
    for line in text.lines() {
        let trimmed = line.trim();
        if trimmed.is_empty() || trimmed.starts_with(['#', ';']) {
            continue;
        }
        let broken = || line.to_owned();
        if let Some(section) = trimmed.strip_prefix('[') {
            let name = section.strip_suffix(']').filter(|name| !name.trim().is_empty()).ok_or_else(broken)?;
            group = Some(name.trim().to_owned());
            continue;
        }
        let group = group.clone().ok_or_else(broken)?;
        let (name, target) = trimmed.split_once('=').ok_or_else(broken)?;
        let target = match target.split_once('[') {
            Some((target, extras)) if extras.trim_end().ends_with(']') => target,
            Some(_) => return Err(broken()),
            None => target,
        };
        let (module, object) = match target.split_once(':') {
            Some((module, object)) if is_dotted(object.trim()) => (module.trim(), object.trim()),
            Some(_) => return Err(broken()),
            None => (target.trim(), ""),
        };
        let name = name.trim();
        if name.is_empty()
            || !is_dotted(module)
            || points.iter().any(|known| known.group == group && known.name == name)
        {
            return Err(broken());
        }
        points.push(EntryPoint { group, name: name.to_owned(), module: module.to_owned(), object: object.to_owned() });
    }
    Ok(points)
}

fn is_dotted(path: &str) -> bool {
    path.split('.').all(|part| {
        part.starts_with(|first: char| first.is_alphabetic() || first == '_')
            && part.chars().all(|c| c.is_alphanumeric() || c == '_')
    })
}

/// `entry_points.txt` can be read, and what it names is in the wheel.
pub(super) fn check_entry_points(subject: &Subject, findings: &mut Findings) {
    let Some(path) = subject.information("entry_points.txt") else { return };
    let place = inside(&path);
    let Some(contents) = subject.contents(&path) else { return };
    let points = std::str::from_utf8(contents).map_err(|_| "not UTF-8".to_owned()).and_then(entry_points);
    let points = match points {
        Ok(points) => points,
        Err(line) => {
            findings
                .error(Code::WheelEntryPoints, format!("entry_points.txt cannot be read at `{}`", line.escape_debug()))
                .at(&place)
                .help("write `[group]` lines and, below each, lines such as `name = package.module:object`, each name once");
            return;
        }
    };
    for point in points {
        let is_script = ["console_scripts", "gui_scripts"].contains(&point.group.as_str());
        let is_safe = point.name.chars().all(|c| c.is_ascii_alphanumeric() || "-_. ".contains(c));
        if subject.pypi && is_script && !is_safe {
            findings
                .error(Code::WheelEntryPoints, format!("PyPI refuses the script name `{}`", point.name.escape_debug()))
                .at(&place)
                .help("name scripts with ASCII letters, digits, `-`, `_` and `.`");
        }
        let top = point.module.split('.').next().unwrap_or_default();
        // What stands in no file of the wheel may stand in a requirement; packages of chaiNNer are their own.
        let is_own = point.group == PACKAGES || is_module(subject, top);
        let target =
            if point.object.is_empty() { point.module.clone() } else { format!("{}:{}", point.module, point.object) };
        if is_own && (!is_module(subject, &point.module) || !has_object(subject, &point)) {
            findings
                .error(
                    Code::WheelEntryPointTarget,
                    format!(
                        "the entry point `{}` of `{}` names `{target}`, which is not in the wheel",
                        point.name, point.group
                    ),
                )
                .at(&place)
                .help("correct the name, or add the module; nothing would be found under it");
        }
    }
}

/// Whether the wheel has a module or package of this dotted name.
fn is_module(subject: &Subject, module: &str) -> bool {
    let path = module.replace('.', "/");
    subject.members.iter().filter_map(|member| installed(&member.path)).any(|file| {
        file.strip_prefix(path.as_str()).is_some_and(|rest| {
            rest.starts_with('/')
                || rest == ".py"
                || (rest.starts_with('.') && [".so", ".pyd"].iter().any(|end| rest.ends_with(end)))
        })
    })
}

/// Whether the source of the module mentions the object; modules that make their names at run time, and compiled ones,
/// may have anything.
fn has_object(subject: &Subject, point: &EntryPoint) -> bool {
    let first = point.object.split('.').next().unwrap_or_default();
    let path = point.module.replace('.', "/");
    let mut files = subject.files().filter(|(path_in_wheel, _)| {
        let file = installed(path_in_wheel).unwrap_or_default();
        file == format!("{path}.py") || file == format!("{path}/__init__.py")
    });
    let Some(source) = files.next().and_then(|(_, contents)| std::str::from_utf8(contents).ok()) else { return true };
    let is_dynamic =
        ["import *", "__getattr__", "globals()", "exec(", "setattr("].iter().any(|word| source.contains(word));
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    is_dynamic || first.is_empty() || source.split(|c| !is_word(c)).any(|word| word == first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entry_points_are_read() {
        let text = "# comment\n[console_scripts]\nrun me = lab.tool:main.go [extra]\n\n[chainner.packages]\nlab=lab\n";
        let points = entry_points(text).unwrap();
        assert_eq!(points[0].module, "lab.tool");
        assert_eq!(points[0].object, "main.go");
        assert_eq!((points[1].group.as_str(), points[1].object.as_str()), (PACKAGES, ""));
        for text in [
            "lab = lab\n",
            "[a\nx = y\n",
            "[a]\nx\n",
            "[a]\n= y\n",
            "[a]\nx = y z\n",
            "[a]\nx = y:\n",
            "[a]\nx=y\nx=z\n",
        ] {
            entry_points(text).unwrap_err();
        }
    }
}
