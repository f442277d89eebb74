//! The control of one input, at its default.

use chainner_sdk::library::InputValues;
use serde_json::Value;

use super::{
    CAPTION, Card, GAP, ROW, hue, paint,
    pen::{Anchor, Area, FAINT, LABEL, TAG, VALUE, pixels},
};
use crate::docs::book::{Input, list, number, text};

/// Side of the small squares of switches and icons.
const BOX: f64 = 18.0;
/// Side of the buttons beside a number.
const BUTTON: f64 = 26.0;

impl Card<'_> {
    /// Draws an input by the sort of its control.
    pub(super) fn input(&mut self, input: &Input<'_>) {
        match input.kind() {
            "number" => {
                let area = self.captioned(input);
                self.number_box(area, input);
            }
            "slider" => self.slider(input),
            "text" => {
                let multiline = input.schema["multiline"] == true;
                let area = self.captioned_by(input, if multiline { 64.0 } else { ROW });
                self.text_box(area, input, multiline);
            }
            "dropdown" => self.dropdown(input),
            "file" | "directory" => {
                let area = self.captioned(input);
                let file = input.kind() == "file";
                self.path_box(area, if file { "Select a file…" } else { "Select a directory…" });
            }
            "color" => {
                let area = self.captioned(input);
                self.color_box(area, input);
            }
            "static" => {
                let area = self.row(ROW);
                self.input_handles(input, area.middle().1);
                self.pen.text(LABEL, (area.x, area.middle().1), Anchor::Start, area.width - 40.0, &input.label());
                self.pen.text(VALUE, (area.right(), area.middle().1), Anchor::End, 30.0, "1");
            }
            _ => self.generic(input),
        }
        self.y += GAP;
    }

    fn generic(&mut self, input: &Input<'_>) {
        let area = self.row(ROW);
        let middle = area.middle().1;
        self.input_handles(input, middle);
        let (word, _) = hue::of_input(&input.described.kind);
        let word = if input.described.optional { format!("{word}, optional") } else { word };
        let start = if word == input.label() { area.right() } else { self.pill(&word, area.right(), middle) };
        self.pen.text(LABEL, (area.x, middle), Anchor::Start, start - area.x - GAP, &input.label());
    }

    /// The label of an input, above or beside the room that is left for its control.
    fn captioned(&mut self, input: &Input<'_>) -> Area {
        self.captioned_by(input, ROW)
    }

    fn captioned_by(&mut self, input: &Input<'_>, height: f64) -> Area {
        let label = input.label();
        match text(input.schema, "labelStyle") {
            "hidden" => {
                let area = self.row(height);
                self.input_handles(input, area.middle().1);
                area
            }
            "inline" if height == ROW && LABEL.font.width(&label) < self.inner() * 0.45 => {
                let area = self.row(height);
                self.input_handles(input, area.middle().1);
                let used = self.pen.text(LABEL, (area.x, area.middle().1), Anchor::Start, area.width, &label);
                let start = area.x + used + GAP + 4.0;
                Area::new(start, area.y, area.right() - start, height)
            }
            _ => {
                self.caption(input);
                let area = self.row(height);
                self.input_handles(input, area.y + ROW / 2.0);
                area
            }
        }
    }

    fn caption(&mut self, input: &Input<'_>) {
        let area = self.row(CAPTION);
        let middle = area.middle().1 - 2.0;
        let optional = if input.described.optional { 60.0 } else { 0.0 };
        self.pen.text(LABEL, (area.x, middle), Anchor::Start, area.width - optional, &input.label());
        if input.described.optional {
            self.pen.text(TAG, (area.right(), middle), Anchor::End, 56.0, "optional");
        }
    }

    fn number_box(&mut self, area: Area, input: &Input<'_>) {
        self.pen.area(area, 5.0, "field");
        let (x, y) = (area.right() - 11.0, area.middle().1);
        let [x, up, down] = [x - 4.0, y - 3.0, y + 3.0].map(pixels);
        self.pen.path(&format!("M{x} {up}l4 -4l4 4M{x} {down}l4 4l4 -4"), "stroke");
        let shown = number_text(input.schema);
        let limit = area.width - 38.0;
        match shown.is_empty() {
            true => self.pen.text(FAINT, (area.x + 8.0, y), Anchor::Start, limit, "not set"),
            false => self.pen.text(VALUE, (area.x + 8.0, y), Anchor::Start, limit, &shown),
        };
    }

    /// A number with a button that draws lots.
    pub(super) fn seed(&mut self, input: &Input<'_>) {
        let area = self.captioned(input);
        self.number_box(Area { width: area.width - BUTTON - 6.0, ..area }, input);
        let die = Area::new(area.right() - BUTTON, area.y, BUTTON, ROW);
        self.pen.area(die, 5.0, "part");
        let (x, y) = die.middle();
        for (dx, dy) in [(-5.0, -5.0), (5.0, -5.0), (0.0, 0.0), (-5.0, 5.0), (5.0, 5.0)] {
            self.pen.circle((x + dx, y + dy), 1.8, "knob", None);
        }
        self.y += GAP;
    }

    fn slider(&mut self, input: &Input<'_>) {
        let schema = input.schema;
        let area = self.row(CAPTION);
        let middle = area.middle().1 - 2.0;
        let shown = number_text(schema);
        let used = self.pen.text(VALUE, (area.right(), middle), Anchor::End, area.width * 0.5, &shown);
        self.pen.text(LABEL, (area.x, middle), Anchor::Start, area.width - used - GAP, &input.label());
        let area = self.row(18.0);
        let middle = area.middle().1;
        self.input_handles(input, middle);
        let track = Area::new(area.x, middle - 3.0, area.width, 6.0);
        let fraction = fraction(schema);
        let colors: Vec<&str> = list(schema, "gradient").iter().filter_map(Value::as_str).collect();
        if colors.is_empty() {
            self.pen.area(track, 3.0, "part");
            let done = Area { width: (track.width * fraction).max(6.0), ..track };
            self.pen.painted(done, 3.0, hue::Hue::Number.paint());
        } else {
            self.gradient(track, &colors);
        }
        self.pen.circle((track.x + track.width * fraction, middle), 6.0, "knob", None);
        let ends: Vec<&str> = list(schema, "ends").iter().map(|end| end.as_str().unwrap_or_default()).collect();
        if let [left, right] = ends.as_slice()
            && !(left.is_empty() && right.is_empty())
        {
            let area = self.row(16.0);
            let middle = area.middle().1;
            self.pen.text(TAG, (area.x, middle), Anchor::Start, area.width / 2.0 - 4.0, left);
            self.pen.text(TAG, (area.right(), middle), Anchor::End, area.width / 2.0 - 4.0, right);
        }
    }

    fn gradient(&mut self, track: Area, colors: &[&str]) {
        self.gradients += 1;
        let id = format!("gradient-{}", self.gradients);
        self.pen.out.line().element("linearGradient", &[("id", &id)], |stops| {
            for (index, color) in colors.iter().enumerate() {
                let offset = pixels(index as f64 / (colors.len() - 1).max(1) as f64);
                stops.shape("stop", &[("offset", &offset), ("stop-color", &paint::color(color))]);
            }
        });
        self.pen.painted(track, 3.0, &format!("url(#{id})"));
    }

    fn text_box(&mut self, area: Area, input: &Input<'_>, multiline: bool) {
        self.pen.area(area, 5.0, "field");
        let place = (area.x + 8.0, area.y + ROW / 2.0);
        let limit = area.width - 16.0;
        match input.schema["def"].as_str().filter(|text| !text.is_empty()) {
            Some(text) => self.pen.text(VALUE, place, Anchor::Start, limit, text.lines().next().unwrap_or_default()),
            None => {
                let placeholder = input.schema["placeholder"].as_str();
                self.pen.text(FAINT, place, Anchor::Start, limit, placeholder.unwrap_or(&input.label()))
            }
        };
        if multiline {
            let (right, bottom) = (pixels(area.right() - 4.0), pixels(area.y + area.height - 4.0));
            self.pen.path(&format!("M{right} {bottom}m-8 0l8 -8m-4 8l4 -4"), "stroke");
        }
    }

    fn path_box(&mut self, area: Area, prompt: &str) {
        self.pen.area(area, 5.0, "field");
        let (x, y) = (pixels(area.x + 8.0), pixels(area.middle().1 - 5.0));
        self.pen.path(&format!("M{x} {y}h5l2 2h6v8h-13z"), "stroke");
        self.pen.text(FAINT, (area.x + 28.0, area.middle().1), Anchor::Start, area.width - 36.0, prompt);
    }

    fn color_box(&mut self, area: Area, input: &Input<'_>) {
        self.pen.area(area, 5.0, "field");
        let shown = match &input.described.kind {
            InputValues::Color { default, .. } => hexadecimal(default),
            _ => String::new(),
        };
        let swatch = Area::new(area.x + 4.0, area.y + 4.0, 30.0, area.height - 8.0);
        let solid: String = shown.chars().take(7).collect();
        self.pen.painted(swatch, 3.0, &paint::color(&solid));
        self.pen.text(VALUE, (swatch.right() + GAP, area.middle().1), Anchor::Start, area.width - 50.0, &shown);
    }

    fn dropdown(&mut self, input: &Input<'_>) {
        let options = list(input.schema, "options");
        let icons = options.iter().all(|option| option["icon"].is_string());
        match text(input.schema, "preferredStyle") {
            "checkbox" if options.len() == 2 => self.checkbox(input),
            "tabs" => self.tabs(input, options),
            "icons" if icons => {
                let area = self.captioned(input);
                self.icons(area, options, |option| option["value"] == input.schema["def"]);
            }
            "anchor" if options.len() == 9 => self.anchors(input, options),
            _ => {
                let area = self.captioned(input);
                self.select(area, input);
            }
        }
    }

    fn select(&mut self, area: Area, input: &Input<'_>) {
        self.pen.area(area, 5.0, "field");
        let chosen = input.option_label(&input.schema["def"]);
        let middle = area.middle().1;
        self.pen.text(VALUE, (area.x + 8.0, middle), Anchor::Start, area.width - 34.0, &chosen);
        let (x, y) = (pixels(area.right() - 18.0), pixels(middle - 2.5));
        self.pen.path(&format!("M{x} {y}l5 5l5 -5"), "stroke");
    }

    fn checkbox(&mut self, input: &Input<'_>) {
        let area = self.row(ROW);
        let middle = area.middle().1;
        self.input_handles(input, middle);
        let square = Area::new(area.x, middle - BOX / 2.0, BOX, BOX);
        self.pen.area(square, 4.0, "field");
        if input.switched_on() == Some(&input.schema["def"]) {
            let (x, y) = (pixels(area.x + 4.0), pixels(middle));
            self.pen.path(&format!("M{x} {y}l3.5 4l6.5 -8"), "stroke");
        }
        let start = square.right() + GAP;
        self.pen.text(LABEL, (start, middle), Anchor::Start, area.right() - start, &input.label());
    }

    fn tabs(&mut self, input: &Input<'_>, options: &[Value]) {
        let area = self.row(ROW);
        self.input_handles(input, area.middle().1);
        self.pen.area(area, 5.0, "field");
        let width = area.width / options.len().max(1) as f64;
        for (index, option) in options.iter().enumerate() {
            let tab = Area::new(area.x + width * index as f64, area.y, width, area.height);
            let chosen = option["value"] == input.schema["def"];
            if chosen {
                self.pen.area(Area::new(tab.x + 2.0, tab.y + 2.0, tab.width - 4.0, tab.height - 4.0), 4.0, "part");
            }
            let look = if chosen { VALUE } else { FAINT };
            self.pen.text(look, tab.middle(), Anchor::Middle, tab.width - 8.0, text(option, "option"));
        }
    }

    fn icons(&mut self, area: Area, options: &[Value], is_on: impl Fn(&Value) -> bool) {
        let mut x = area.x;
        for option in options {
            if x + BUTTON > area.right() {
                break;
            }
            let button = Area::new(x, area.y, BUTTON, ROW);
            self.pen.area(button, 5.0, if is_on(option) { "part" } else { "field" });
            let glyph = paint::glyph(text(option, "icon"), text(option, "option"));
            self.pen.text(VALUE, button.middle(), Anchor::Middle, BUTTON - 4.0, &glyph);
            x += BUTTON + 4.0;
        }
    }

    /// Switches as small buttons in a row.
    pub(super) fn icon_set(&mut self, label: &str, items: &[Value]) {
        let area = self.row(ROW);
        let middle = area.middle().1;
        let limit = area.width * 0.4;
        let used = self.pen.text(LABEL, (area.x, middle), Anchor::Start, limit, label);
        let mut x = area.x + used + if used > 0.0 { GAP } else { 0.0 };
        let node = self.node;
        for input in items.iter().filter_map(|id| node.input(id)) {
            if x + BUTTON > area.right() {
                break;
            }
            let button = Area::new(x, area.y, BUTTON, ROW);
            let on = input.switched_on() == Some(&input.schema["def"]);
            self.pen.area(button, 5.0, if on { "part" } else { "field" });
            let icon = list(input.schema, "options").first().map_or("", |option| text(option, "icon"));
            let glyph = paint::glyph(icon, &input.label());
            self.pen.text(VALUE, button.middle(), Anchor::Middle, BUTTON - 4.0, &glyph);
            x += BUTTON + 4.0;
        }
        self.y += GAP;
    }

    fn anchors(&mut self, input: &Input<'_>, options: &[Value]) {
        let top = self.row(ROW);
        self.input_handles(input, top.middle().1);
        self.pen.text(LABEL, (top.x, top.middle().1), Anchor::Start, top.width - 80.0, &input.label());
        self.row(50.0);
        let left = top.right() - 76.0;
        for (index, option) in options.iter().enumerate() {
            let (column, row) = ((index % 3) as f64, (index / 3) as f64);
            let cell = Area::new(left + column * 26.0, top.y + row * 26.0, 24.0, 24.0);
            let chosen = option["value"] == input.schema["def"];
            self.pen.area(cell, 4.0, if chosen { "part" } else { "field" });
            if chosen {
                self.pen.circle(cell.middle(), 4.0, "knob", None);
            }
        }
    }

    /// Two choices with an arrow between them.
    pub(super) fn pair(&mut self, from: &Input<'_>, to: &Input<'_>) {
        let area = self.row(ROW);
        let half = (area.width - 28.0) / 2.0;
        self.select(Area { width: half, ..area }, from);
        self.select(Area::new(area.right() - half, area.y, half, area.height), to);
        let (x, y) = area.middle();
        let (x, y) = (pixels(x - 8.0), pixels(y));
        self.pen.path(&format!("M{x} {y}h16m-5 -5l5 5l-5 5"), "stroke");
        self.y += GAP;
    }

    /// What holds numbers together that change together.
    pub(super) fn link(&mut self, top: f64, bottom: f64) {
        let x = pixels(self.right() + 4.0);
        let (start, length) = (pixels(top + ROW / 2.0), pixels((bottom - top - ROW).max(4.0)));
        self.pen.path(&format!("M{x} {start}h4v{length}h-4"), "stroke");
    }
}

/// The default of a number as its box shows it, with the unit.
fn number_text(schema: &Value) -> String {
    let Some(value) = schema["def"].as_f64() else { return String::new() };
    let shown = match schema["precision"].as_u64() {
        Some(digits @ 0..=12) if schema["hideTrailingZeros"] == false => format!("{value:.*}", digits as usize),
        _ => number(&schema["def"]),
    };
    let unit = text(schema, "unit").trim();
    let gap = if unit.is_empty() || matches!(unit, "%" | "°") { "" } else { " " };
    format!("{shown}{gap}{unit}")
}

/// Where the knob of a slider stands, from 0 to 1.
fn fraction(schema: &Value) -> f64 {
    let [value, min, max] = ["def", "min", "max"].map(|key| schema[key].as_f64().unwrap_or_default());
    let place = |value: f64| match schema["scale"].as_str() {
        Some("log") => (1.0 + value - min).ln(),
        Some("log-offset") => (0.66 + value - min).ln(),
        Some("sqrt") => (value - min).max(0.0).sqrt(),
        _ => value,
    };
    let (low, high) = (place(min), place(max));
    if high > low { ((place(value) - low) / (high - low)).clamp(0.0, 1.0) } else { 0.0 }
}

/// A colour of R, G, B(, A) or one grey value, each 0..1, as CSS writes it; empty if there is none.
pub(in super::super) fn hexadecimal(components: &[f64]) -> String {
    let byte = |component: &f64| format!("{:02x}", (component.clamp(0.0, 1.0) * 255.0).round() as u8);
    match components {
        [] => String::new(),
        [gray] => format!("#{}", byte(gray).repeat(3)),
        several => format!("#{}", several.iter().map(byte).collect::<String>()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn knobs_stand_where_the_scale_puts_them() {
        let at = |scale: &str, value: f64| fraction(&json!({"def": value, "min": 0, "max": 100, "scale": scale}));
        assert_eq!(at("linear", 25.0), 0.25);
        assert_eq!(at("sqrt", 25.0), 0.5);
        assert!((at("log", 9.05) - 0.5).abs() < 0.001, "{}", at("log", 9.05));
        assert_eq!([at("log", 0.0), at("log-offset", 100.0)], [0.0, 1.0]);
        assert_eq!(fraction(&json!({"def": 1, "min": 2, "max": 2, "scale": "linear"})), 0.0);
    }

    #[test]
    fn numbers_have_their_digits_and_unit() {
        let shown = |json: Value| number_text(&json);
        assert_eq!(shown(json!({"def": 1, "precision": 1, "hideTrailingZeros": false, "unit": "EV"})), "1.0 EV");
        assert_eq!(shown(json!({"def": 50, "precision": 0, "hideTrailingZeros": true, "unit": "%"})), "50%");
        assert_eq!(shown(json!({"def": null, "precision": 0})), "");
        assert_eq!(hexadecimal(&[1.0, 0.5, 0.0]), "#ff8000");
    }
}
