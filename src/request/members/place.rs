//! Where in a request the interpreter is, and the paths by which reports name such places.

/// A member's path, spelled as the newer layer and as the older layer do.
pub(super) struct Path {
    pub(super) newer: String,
    pub(super) older: String,
}

/// Where the interpreter is: a list from the inside out, rendered only for a breach.
pub(super) enum Place<'p> {
    Top,
    Member {
        outer: &'p Place<'p>,
        name: &'static str,
    },
    /// An element of a list, counted from one.
    Element {
        outer: &'p Place<'p>,
        number: usize,
    },
    Value {
        outer: &'p Place<'p>,
        key: &'p str,
    },
}

impl Place<'_> {
    /// The place as a report spells it.
    pub(super) fn path(&self) -> Path {
        let mut path = Path {
            newer: String::new(),
            older: String::new(),
        };
        self.render(&mut path);
        path
    }

    fn render(&self, path: &mut Path) {
        match self {
            Place::Top => {}
            Place::Member { outer, name } => {
                outer.render(path);
                path.push(name, &lower_camel(name));
            }
            Place::Element { outer, number } => {
                outer.render(path);
                let segment = format!("{number}.member");
                path.push(&segment, &segment);
            }
            Place::Value { outer, key } => {
                outer.render(path);
                let segment = format!("{key}.member");
                path.push(&segment, &segment);
            }
        }
    }
}

impl Path {
    fn push(&mut self, newer: &str, older: &str) {
        if !self.newer.is_empty() {
            self.newer.push('.');
            self.older.push('.');
        }
        self.newer.push_str(newer);
        self.older.push_str(older);
    }
}

/// A member's name as the older layer spells it: as a Java field.
pub(super) fn lower_camel(name: &str) -> String {
    let mut letters = name.chars();
    match letters.next() {
        Some(first) => first.to_lowercase().chain(letters).collect(),
        None => String::new(),
    }
}
