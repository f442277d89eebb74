//! Sheets of images of the same size, in rows and columns.

/// The order in which the places of a sheet are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Row after row.
    Rows,
    /// Column after column.
    Columns,
}

/// The row and the column of the place with this number.
pub fn place(index: usize, rows: usize, columns: usize, order: Order) -> [usize; 2] {
    match order {
        Order::Rows => [index / columns, index % columns],
        Order::Columns => [index % rows, index / rows],
    }
}

/// The number of the place in this row and column.
pub fn index([row, column]: [usize; 2], rows: usize, columns: usize, order: Order) -> usize {
    match order {
        Order::Rows => row * columns + column,
        Order::Columns => column * rows + row,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_place_is_counted_once() {
        for order in [Order::Rows, Order::Columns] {
            for number in 0..12 {
                assert_eq!(index(place(number, 3, 4, order), 3, 4, order), number);
            }
        }
        assert_eq!(place(1, 3, 4, Order::Rows), [0, 1]);
        assert_eq!(place(1, 3, 4, Order::Columns), [1, 0]);
    }
}
