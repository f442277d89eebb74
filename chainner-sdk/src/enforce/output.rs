//! Outputs: images leave clamped, not empty, and with the declared number of channels.

use crate::{
    declare::{NodeDecl, OutputKind, OutputOptions},
    error::NodeError,
    image::Image,
    value::{Color, OutputValue},
};

/// What an output gives.
#[derive(Debug, Clone, PartialEq)]
pub struct OutputSpec {
    /// What comes out.
    pub kind: OutputKind,
    /// Text shown beside it.
    pub label: &'static str,
    /// What the author wrote in `#[output(…)]`.
    pub options: OutputOptions,
    /// Whether it is given item by item.
    pub iterated: bool,
    /// Its place in what the function returns, from 0.
    pub returned: usize,
}

impl OutputSpec {
    /// The outputs of a node, in the order shown: as the function returns them, but for those with a `position`.
    pub fn all(decl: &NodeDecl) -> Vec<Self> {
        let options = decl.output_options.iter().copied().chain(std::iter::repeat(OutputOptions::EMPTY));
        let mut all = Vec::with_capacity(decl.outputs.len());
        for (returned, (&kind, options)) in decl.outputs.iter().zip(options).enumerate() {
            let label = options.label.unwrap_or(kind.label());
            let spec = Self { kind, label, options, iterated: returned < decl.iterated_outputs, returned };
            let position = options.position.map_or(returned, |position| position as usize);
            all.insert(position.min(returned), spec);
        }
        all
    }

    /// Makes a returned value fit for the host.
    ///
    /// # Errors
    /// When the node broke its own declaration; the message says what to tell its author.
    pub(crate) fn enforce(&self, value: &mut OutputValue) -> Result<(), NodeError> {
        match value {
            OutputValue::Image(image) => self.enforce_image(image),
            OutputValue::Color(color) => self.enforce_channels(color),
            _ => Ok(()),
        }
    }

    fn enforce_image(&self, image: &mut Image) -> Result<(), NodeError> {
        if image.width() == 0 || image.height() == 0 {
            return Err(self.broken("at least one pixel", format!("an empty image ({image})")));
        }
        match self.options.channels {
            Some(channels) if channels as usize != image.channels() => {
                Err(self.broken(&format!("an image with {channels} channels"), image.to_string()))
            }
            _ => {
                image.clamp();
                Ok(())
            }
        }
    }

    fn enforce_channels(&self, color: &Color) -> Result<(), NodeError> {
        match self.options.channels {
            Some(channels) if channels != color.channels() => {
                Err(self.broken(&format!("a colour with {channels} components"), color.to_string()))
            }
            _ => Ok(()),
        }
    }

    fn broken(&self, declared: &str, came: String) -> NodeError {
        NodeError::broken(format!("output '{}' is declared as {declared}, but the node returned {came}", self.label))
    }
}
