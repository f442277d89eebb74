//! What is told: a table for people, lines of JSON for programs.

use anyhow::Result;
use chainner_sdk::library::NodeDescription;
use serde_json::{Value as Json, json};

use crate::shell::{MessageFormat, Shell};

use super::{baseline::Baseline, figures::Figures, machine::Machine, plan::Subject, verdict::Verdict};

/// What is known of a node with images of one size.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) package: String,
    pub(super) version: String,
    pub(super) node: NodeDescription,
    pub(super) subject: Subject,
    /// What it costs, or why that is not known.
    pub(super) result: Result<Figures, String>,
    /// How that compares.
    pub(super) verdict: Option<Verdict>,
}

impl Row {
    pub(super) fn new(
        package: &str,
        version: &str,
        node: &NodeDescription,
        subject: Subject,
        result: Result<Figures, String>,
    ) -> Self {
        let (package, version) = (package.to_owned(), version.to_owned());
        Self { package, version, node: node.clone(), subject, result, verdict: None }
    }

    pub(super) fn size(&self) -> Option<&str> {
        self.subject.size.as_ref().map(|size| size.name.as_str())
    }

    /// `at 1080p`.
    pub(super) fn size_text(&self) -> String {
        self.size().map_or("as it is".to_owned(), |size| format!("at {size}"))
    }

    /// Adds what another measurement gave.
    pub(super) fn merge(&mut self, other: &Figures) {
        if let Ok(figures) = &mut self.result {
            figures.merge(other);
        }
    }

    pub(super) fn is_slower(&self, baseline: &Baseline, limit: f64) -> bool {
        matches!(self.compared(baseline, limit), Some(Verdict::Slower(_)))
    }

    pub(super) fn compare(&mut self, baseline: &Baseline, limit: f64) {
        self.verdict = self.compared(baseline, limit);
    }

    fn compared(&self, baseline: &Baseline, limit: f64) -> Option<Verdict> {
        let now = self.result.as_ref().ok();
        let then = baseline.figures(&self.node.id, self.size());
        // What is skipped altogether has no size to look for.
        let was_measured = then.is_some() || (self.size().is_none() && baseline.has(&self.node.id));
        (now.is_some() || was_measured).then(|| Verdict::of(now, then, limit))
    }

    fn json(&self, machine: &Machine) -> Json {
        let size = self.subject.size.as_ref();
        let figures = self.result.as_ref().ok();
        json!({
            "package": self.package,
            "version": self.version,
            "node": self.node.id,
            "function": self.node.function,
            "size": self.size(),
            "width": size.map(|size| size.width),
            "height": size.map(|size| size.height),
            "seconds": figures.map(|figures| json!({
                "min": figures.min, "median": figures.median, "quartiles": figures.quartiles,
            })),
            "calls": figures.map(|figures| figures.calls),
            "megapixels_per_second": figures.and_then(Figures::megapixels_per_second),
            "copies": figures.map(|figures| figures.copies),
            "copied_bytes": figures.map(|figures| figures.copied_bytes),
            "peak_memory": figures.and_then(|figures| figures.peak_memory),
            "profile": machine.profile,
            "skipped": self.result.as_ref().err(),
            "verdict": self.verdict.map(Verdict::word),
            "ratio": self.verdict.and_then(Verdict::ratio),
        })
    }
}

/// Tells all rows.
pub(super) fn tell(rows: &[Row], machine: &Machine, is_compared: bool, shell: &Shell) -> Result<()> {
    if shell.format() == MessageFormat::Json {
        for row in rows {
            shell.record("chainner-bench", row.json(machine))?;
        }
        let measured = rows.iter().filter(|row| row.result.is_ok()).count();
        let slower = rows.iter().filter(|row| matches!(row.verdict, Some(Verdict::Slower(_)))).count();
        let keys = json!({
            "machine": machine, "measured": measured, "skipped": rows.len() - measured,
            "slower": is_compared.then_some(slower),
        });
        return Ok(shell.record("chainner-benched", keys)?);
    }
    shell.text(format_args!("{machine}; {} profile", machine.profile));
    Ok(crate::shell::data(table(rows, is_compared).as_bytes())?)
}

/// The rows with columns that stand below each other.
fn table(rows: &[Row], is_compared: bool) -> String {
    let mut header = vec!["node", "size", "time", "±", "MP/s", "copies", "memory"];
    header.extend(is_compared.then_some("ratio"));
    let mut lines: Vec<Vec<String>> = vec![header.into_iter().map(str::to_owned).collect()];
    let measured = rows.iter().filter_map(|row| Some((row, row.result.as_ref().ok()?)));
    for (row, figures) in measured {
        let mut line = vec![
            row.node.function.clone(),
            row.size().unwrap_or("-").to_owned(),
            duration(figures.median),
            format!("{:.0} %", figures.spread() * 100.0),
            figures.megapixels_per_second().map_or("-".to_owned(), rate),
            figures.copies.to_string(),
            figures.peak_memory.map_or("?".to_owned(), memory),
        ];
        if is_compared {
            line.push(match row.verdict {
                Some(Verdict::Fine(ratio)) => format!("{ratio:.2}"),
                Some(Verdict::Slower(ratio)) => format!("{ratio:.2} slower"),
                _ => "new".to_owned(),
            });
        }
        lines.push(line);
    }
    let width = |column: usize| {
        let widths = lines.iter().filter_map(|line| line.get(column)).map(|cell| cell.chars().count());
        widths.max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..lines[0].len()).map(width).collect();
    let mut text = String::new();
    if lines.len() > 1 {
        for line in &lines {
            let cells = line.iter().zip(&widths).enumerate().map(|(column, (cell, &width))| match column {
                0 | 1 | 7 => format!("{cell:width$}"),
                _ => format!("{cell:>width$}"),
            });
            text += cells.collect::<Vec<_>>().join("  ").trim_end();
            text.push('\n');
        }
    }
    for row in rows {
        if let Err(why) = &row.result {
            let size = row.size().map(|size| format!(" at {size}")).unwrap_or_default();
            text += &format!("{}{size}: skipped, {why}\n", row.node.function);
        }
    }
    text
}

/// A time in a fitting unit.
pub(super) fn duration(seconds: f64) -> String {
    match seconds {
        s if s < 1e-6 => format!("{:.0} ns", s * 1e9),
        s if s < 1e-3 => format!("{:.1} µs", s * 1e6),
        s if s < 1.0 => format!("{:.2} ms", s * 1e3),
        s => format!("{s:.2} s"),
    }
}

fn rate(megapixels: f64) -> String {
    if megapixels < 10.0 { format!("{megapixels:.2}") } else { format!("{megapixels:.0}") }
}

fn memory(bytes: u64) -> String {
    format!("{:.1} MiB", bytes as f64 / f64::from(1 << 20))
}

#[cfg(test)]
mod tests {
    use chainner_sdk::library::Place;

    use super::*;
    use crate::test::outcome::Measurement;

    fn row(function: &str, size: Option<&str>, result: Result<f64, &str>) -> Row {
        let node = NodeDescription {
            id: format!("a:b:{function}"),
            function: function.to_owned(),
            name: function.to_owned(),
            docs: String::new(),
            place: Place { file: "src/lib.rs".to_owned(), line: 1, column: 1 },
            replaces: None,
            inputs: Vec::new(),
            outputs: Vec::new(),
        };
        let size = size.map(|size| size.parse().expect("a size"));
        let figures = result.map_err(str::to_owned).map(|seconds| {
            let pixels = size.as_ref().map_or(0, |size: &super::super::Size| (size.width * size.height) as u64);
            let (seconds, peak_memory) = (vec![seconds], Some(3 << 20));
            Figures::of(&Measurement { seconds, pixels, peak_memory, ..Measurement::default() }).expect("figures")
        });
        Row::new("a", "0.1.0", &node, Subject { size, ..Subject::default() }, figures)
    }

    #[test]
    fn columns_stand_below_each_other_and_reasons_below_them() {
        let mut rows = vec![
            row("vignette", Some("1080p"), Ok(0.0123)),
            row("add", None, Ok(4.2e-8)),
            row("load", None, Err("it needs a file for 'LUT'")),
        ];
        rows[0].verdict = Some(Verdict::Slower(2.0));
        let text = table(&rows, true);
        let expected = "\
node      size       time    ±  MP/s  copies   memory  ratio
vignette  1080p  12.30 ms  0 %   169       0  3.0 MiB  2.00 slower
add       -         42 ns  0 %     -       0  3.0 MiB  new
load: skipped, it needs a file for 'LUT'
";
        assert_eq!(text, expected);
    }
}
