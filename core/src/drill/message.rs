//! What drills, gates and causes have to say: a message id and its numbers, without a language.
//!
//! Renders nothing: `words` turns a [`Message`] into a sentence. Invariant: ids are Fluent ids in `core/locales/`.

/// A sentence before it has a language.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    /// The Fluent id.
    pub id: &'static str,
    /// Its variables by name, without the `$`.
    pub args: Vec<(&'static str, Argument)>,
}

/// The value of one variable in a message.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Argument {
    /// A whole number of things.
    Count(u32),
    /// A number shown with this many decimals.
    Decimal {
        /// The number.
        value: f64,
        /// Decimals shown.
        digits: u8,
    },
    /// Another message by its id, such as a drill's title.
    Named(&'static str),
}

impl Message {
    /// A sentence without variables.
    #[must_use]
    pub const fn plain(id: &'static str) -> Self {
        Self { id, args: Vec::new() }
    }

    /// The same sentence with one more variable.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: Argument) -> Self {
        self.args.push((name, value));
        self
    }
}
