//! What an input makes of the type of an edge.

use crate::types::Type;

/// The type an input of type `declared` has with an edge of type `given`; `None` if they cannot be connected.
///
/// Numbers need to overlap only, and so do strings. But of a union of unlike things every one must fit: `number` can be
/// connected to `int(0..100)`, `Image | null` not to `Image`.
///
/// ```
/// use chainner_navi::{Type, host};
///
/// let scope = host::scope();
/// let declared = scope.evaluate_text("int(1..8)")?;
/// let given = scope.evaluate_text("100 | 3")?;
/// assert_eq!(host::assign(&given, &declared), Some(Type::number(3.0)));
/// assert_eq!(host::assign(&scope.evaluate_text("3 | null")?, &declared), None);
/// # Ok::<(), chainner_navi::Error>(())
/// ```
pub fn assign(given: &Type, declared: &Type) -> Option<Type> {
    let structs = given.structs();
    if !structs.instances().is_empty() || structs.is_never() {
        let numbers = Type::from(given.numbers().clone());
        let strings = Type::from(given.strings().clone());
        let mut pieces: Vec<Type> = [numbers, strings].into_iter().filter(|piece| !piece.is_never()).collect();
        pieces.extend(given.struct_items());
        if pieces.len() > 1 && pieces.iter().any(|piece| piece.is_disjoint_from(declared)) {
            return None;
        }
    }
    let assigned = given.intersection(declared);
    (!assigned.is_never()).then_some(assigned)
}
