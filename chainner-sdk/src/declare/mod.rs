//! Declarations: the const tables that `#[node]`, `package!` and the derives write, and that can be written by hand.
//!
//! They hold const data and function pointers only; nothing of them runs before the library is asked.

mod category;
mod choice;
mod condition;
mod feature;
mod input;
mod layout;
mod navi;
mod node;
mod opaque;
mod output;
mod package;
mod setting;

pub use chainner_sdk_macros::{Choice, NaviType, Settings};

pub use category::{Category, Group};
pub use choice::{Choice, ChoiceStyle, ChoiceTable, Heading, Variant, VariantId};
pub use condition::{Condition, ConditionValue};
pub use feature::{Feature, FeatureState};
pub use input::{DefaultValue, InputDecl, InputOptions, Kind, LabelStyle, OptionCondition, Precision, Scale};
pub use layout::{GroupKind, LayoutItem};
pub use navi::{Navi, NaviArm};
pub use node::{KeyInfo, NodeDecl, NodeKind, Place, RunFn, SetInput, Suggestion};
pub(crate) use opaque::qualified;
pub use opaque::{NaviStruct, NaviType};
pub use output::{OutputKind, OutputOptions, OutputStyle};
pub use package::{Dependency, PackageDecl};
pub use setting::{CacheDir, SettingDecl, SettingField, SettingKind, SettingOptions, Settings};
#[doc(hidden)]
pub use setting::{choice_setting, take_choice_setting};
