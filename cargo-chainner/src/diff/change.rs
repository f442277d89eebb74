//! What can change in a schema, and what each change does to saved chains.

use std::fmt;

/// What a change does to saved chains.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum)]
pub enum Level {
    /// Saved chains do not notice
    None,
    /// Saved chains stay as they are, but users notice
    Minor,
    /// Some saved chains lose a value or a connection, are refused, or give other results
    Breaking,
}

impl Level {
    /// The word for it in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Minor => "minor",
            Self::Breaking => "breaking",
        }
    }
}

macro_rules! kinds {
    ($($variant:ident = $id:literal, $level:ident, $why:literal;)*) => {
        /// A sort of change. Ids are stable, as they are what scripts look for.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[allow(missing_docs, reason = "the table says what each is")]
        pub enum Kind {
            $(#[doc = $why] $variant,)*
        }

        impl Kind {
            /// All sorts.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The sort as scripts know it, e.g. `input-removed`.
            pub const fn id(self) -> &'static str {
                match self { $(Self::$variant => $id,)* }
            }

            /// What it does to saved chains.
            pub const fn level(self) -> Level {
                match self { $(Self::$variant => Level::$level,)* }
            }

            /// Why.
            pub const fn why(self) -> &'static str {
                match self { $(Self::$variant => $why,)* }
            }
        }
    };
}

kinds! {
    // The package.
    PackageId = "package-id", Breaking, "the app keeps the settings of a package under its id";
    PackageLook = "package-look", None, "chains hold nothing of it";
    DependencyAdded = "dependency-added", Minor, "it is installed along with the package";
    DependencyRemoved = "dependency-removed", Minor, "it is no longer installed along with the package";
    DependencyChanged = "dependency-changed", Minor, "another version is installed along with the package";
    FeatureAdded = "feature-added", Minor, "nothing needed it so far";
    FeatureRemoved = "feature-removed", Minor, "nodes that still need it are listed apart";
    SettingAdded = "setting-added", Minor, "it starts with its default";
    SettingRemoved = "setting-removed", Breaking, "what users chose is lost";
    SettingKind = "setting-kind", Breaking, "the stored value is of another kind";
    SettingNarrowed = "setting-narrowed", Breaking, "the stored value may no longer be allowed";
    SettingWidened = "setting-widened", Minor, "stored values stay allowed";
    SettingDefault = "setting-default", Minor, "it changes for users that have not chosen";
    SettingLook = "setting-look", None, "the stored value stays";
    CategoryAdded = "category-added", None, "chains hold nothing of categories";
    CategoryRemoved = "category-removed", None, "chains hold nothing of categories";
    CategoryLook = "category-look", None, "chains hold nothing of categories";

    // Nodes.
    NodeAdded = "node-added", Minor, "no saved chain has it";
    NodeRemoved = "node-removed", Breaking, "saved chains keep the id, and open with an unknown node";
    NodeRenamed = "node-renamed", Breaking, "saved chains keep the old id, and open with an unknown node";
    NodeKind = "node-kind", Breaking, "other sequences come in and go out, so connections are refused";
    NodeDeprecated = "node-deprecated", Minor, "it is hidden from lists; saved chains still run";
    NodeRestored = "node-restored", Minor, "it is shown in lists again";
    SideEffectsAdded = "side-effects-added", Minor, "it now runs where nothing uses its outputs";
    SideEffectsRemoved = "side-effects-removed", Breaking, "at the end of a chain it no longer runs";
    NodeFeatureAdded = "node-feature-added", Breaking, "without the feature the node no longer runs";
    NodeFeatureRemoved = "node-feature-removed", Minor, "it runs on more machines";
    NodeMoved = "node-moved", None, "chains hold no category";
    NodeLook = "node-look", None, "chains hold nothing of it";
    LayoutChanged = "layout", None, "chains hold nothing of the layout";
    SequenceMembers = "sequence-members", Breaking, "connections between single values and sequences are refused";
    SequenceInputNarrowed = "sequence-input-narrowed", Breaking, "sequences that it took may be refused";
    SequenceInputWidened = "sequence-input-widened", Minor, "it takes more sequences";
    SequenceLength = "sequence-length", Breaking, "sequences of different lengths cannot meet in one node";
    SequenceLengthFreed = "sequence-length-freed", Minor, "a length that is less known meets every other";

    // Inputs.
    InputAdded = "input-added", Minor, "it can be left out, or has a default";
    InputAddedRequired = "input-added-required", Breaking, "saved chains have no value for it, and do not run";
    InputRemoved = "input-removed", Breaking, "its value and its connection are lost";
    InputRenamed = "input-renamed", Breaking, "saved chains keep values and connections under the old id";
    InputId = "input-id", Breaking, "saved chains keep values and connections under the old id";
    InputMoved = "input-moved", None, "chains keep values by id; Python calls by position change";
    InputKind = "input-kind", Breaking, "the stored value is of another kind";
    InputControl = "input-control", None, "the same numbers, entered in another way";
    InputRequired = "input-required", Breaking, "chains that left it out do not run";
    InputRequiredWhen = "input-required-when", Breaking, "chains that left it out may not run";
    InputNotRequiredWhen = "input-not-required-when", Minor, "it can be left out more often";
    InputOptional = "input-optional", Minor, "it can now be left out";
    InputHidden = "input-hidden", Minor, "it is not shown in every case; connected ones stay visible";
    InputShown = "input-shown", None, "it is always shown";
    InputHandleRemoved = "input-handle-removed", Breaking, "connections to it are lost";
    InputHandleAdded = "input-handle-added", Minor, "it can now be connected";
    InputTypeNarrowed = "input-type-narrowed", Breaking, "connections that it took may be refused";
    InputTypeWidened = "input-type-widened", Minor, "it takes all that it took, and more";
    InputTypeChanged = "input-type-changed", Breaking, "connections that it took may be refused";
    InputTypeUnknown = "input-type-unknown", Breaking, "the types cannot be evaluated, so nothing is promised";
    InputTypeInside = "input-type-inside", None, "nothing connects to it; outputs that depend on it are compared themselves";
    InputTypeText = "input-type-text", None, "the same values, written in another way";
    InputConversion = "input-conversion", Minor, "the app derives other types from what is connected";
    InputRangeNarrowed = "input-range-narrowed", Breaking, "stored values may be outside, and are clamped";
    InputRangeWidened = "input-range-widened", Minor, "stored values stay inside";
    InputPrecisionLowered = "input-precision-lowered", Breaking, "stored values are rounded to fewer digits";
    InputPrecisionRaised = "input-precision-raised", Minor, "stored values stay as they are";
    InputDefault = "input-default", Minor, "saved chains keep the value they have; new nodes start with another";
    InputUnit = "input-unit", Minor, "the number stays; make sure that it still means the same";
    InputTextNarrowed = "input-text-narrowed", Breaking, "stored texts may be refused";
    InputTextWidened = "input-text-widened", Minor, "stored texts stay allowed";
    InputPattern = "input-pattern", Minor, "it applies while one types; stored texts stay";
    InputFilesNarrowed = "input-files-narrowed", Breaking, "stored paths may be refused";
    InputFilesWidened = "input-files-widened", Minor, "stored paths stay allowed";
    InputFileKind = "input-file-kind", Breaking, "connections of the old kind are refused";
    InputColorsNarrowed = "input-colors-narrowed", Breaking, "stored colours may be refused";
    InputColorsWidened = "input-colors-widened", Minor, "stored colours stay allowed";
    InputLook = "input-look", None, "stored values stay";

    // Choices.
    ChoiceAdded = "choice-added", Minor, "no saved chain has chosen it";
    ChoiceRemoved = "choice-removed", Breaking, "chains that have chosen it fall back to another";
    ChoiceRenamed = "choice-renamed", Breaking, "chains keep the old value, and fall back to another";
    ChoicesReordered = "choices-reordered", None, "chains keep the value, not the position";
    CheckboxReversed = "checkbox-reversed", Breaking, "of a check box the first choice is yes, the second no";
    ChoiceCondition = "choice-condition", Minor, "it is not offered in every case; stored values stay";
    ChoiceLook = "choice-look", None, "chains keep the value";

    // Outputs.
    OutputAdded = "output-added", Minor, "nothing is connected to it";
    OutputInserted = "output-inserted", Breaking, "runs address outputs by position, so those behind it move";
    OutputRemoved = "output-removed", Breaking, "connections from it are lost";
    OutputRenamed = "output-renamed", Breaking, "saved chains keep connections under the old id";
    OutputId = "output-id", Breaking, "saved chains keep connections under the old id";
    OutputsReordered = "outputs-reordered", Breaking, "runs address outputs by position";
    OutputHandleRemoved = "output-handle-removed", Breaking, "connections from it are lost";
    OutputHandleAdded = "output-handle-added", Minor, "it can now be connected";
    OutputTypeNarrowed = "output-type-narrowed", Minor, "whatever took all of it still does";
    OutputTypeWidened = "output-type-widened", Breaking, "values come that nodes behind it may refuse";
    OutputTypeChanged = "output-type-changed", Breaking, "nodes behind it may refuse the connection";
    OutputTypeUnknown = "output-type-unknown", Breaking, "the types cannot be evaluated, so nothing is promised";
    OutputTypeDependence = "output-type-dependence", Minor, "the app knows another type once the inputs are connected";
    OutputTypeText = "output-type-text", None, "the same values, written in another way";
    OutputPassthrough = "output-passthrough", Minor, "a node that is passed through hands on something else";
    OutputLook = "output-look", None, "connections stay";

    Other = "other", Minor, "the tool does not know what the app makes of it";
}

/// One change.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// Which sort.
    pub kind: Kind,
    /// The id of the node as it was, or `package`.
    pub place: String,
    /// What was, and what is.
    pub message: String,
    /// How to keep saved chains working.
    pub help: Option<String>,
}

impl Change {
    /// What it does to saved chains.
    pub fn level(&self) -> Level {
        self.kind.level()
    }

    /// The place for a person: of a node the last word of its id, which is usually the name of its function.
    pub fn short_place(&self) -> &str {
        last_word(&self.place)
    }
}

/// The last word of a node's id.
pub(super) fn last_word(id: &str) -> &str {
    id.rsplit(':').next().unwrap_or(id)
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

/// The changes of one place, as they are found.
#[derive(Debug)]
pub(super) struct Changes {
    place: String,
    found: Vec<Change>,
}

impl Changes {
    /// Of this place.
    pub(super) fn of(place: impl Into<String>) -> Self {
        Self { place: place.into(), found: Vec::new() }
    }

    /// Adds a change.
    pub(super) fn add(&mut self, kind: Kind, message: impl Into<String>) {
        self.found.push(Change { kind, place: self.place.clone(), message: message.into(), help: None });
    }

    /// Adds a change, and how to keep saved chains working.
    pub(super) fn advise(&mut self, kind: Kind, message: impl Into<String>, help: impl Into<String>) {
        self.found.push(Change { kind, place: self.place.clone(), message: message.into(), help: Some(help.into()) });
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.found.len()
    }

    /// Whether one of these sorts was found after so many others.
    pub(super) fn has_since(&self, count: usize, kinds: &[Kind]) -> bool {
        self.found[count..].iter().any(|change| kinds.contains(&change.kind))
    }

    /// Takes over the changes of another place.
    pub(super) fn join(&mut self, other: Self) {
        self.found.extend(other.found);
    }

    /// The changes, what matters most first.
    pub(super) fn sorted(mut self) -> Vec<Change> {
        self.found.sort_by_key(|change| std::cmp::Reverse(change.level()));
        self.found
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn ids_are_unique_and_every_kind_says_why() {
        let ids: BTreeSet<&str> = Kind::ALL.iter().map(|kind| kind.id()).collect();
        assert_eq!(ids.len(), Kind::ALL.len());
        assert!(Kind::ALL.iter().all(|kind| !kind.why().is_empty() && !kind.why().ends_with('.')));
    }
}
