//! The keywords of JSON Schema 2020-12: what they are called and what may stand behind them.

/// What the value of a keyword must be.
#[derive(Clone, Copy, PartialEq)]
pub enum Shape {
    Anything,
    Text,
    Uri,
    Anchor,
    Flag,
    Number,
    Positive,
    Count,
    Type,
    Names,
    NameLists,
    Pattern,
    Array,
    Schema,
    Schemas,
    SchemaMap,
    PatternMap,
    Dependencies,
    Vocabulary,
}

/// The groups that a meta-schema can leave out.
#[derive(Clone, Copy, PartialEq)]
pub enum Group {
    Core,
    Applicator,
    Unevaluated,
    Validation,
    Other,
}

pub struct Keyword {
    pub name: &'static str,
    pub shape: Shape,
    pub group: Group,
}

macro_rules! keywords {
    ($($constant:ident = $number:expr, $name:expr, $shape:ident, $group:ident;)*) => {
        // All have a number, also those that need none.
        $(#[allow(dead_code)]
        pub const $constant: u8 = $number;)*

        /// By number, from one on, and by name as well: numbers follow the order of names.
        pub const KEYWORDS: &[Keyword] = &[
            $(Keyword { name: $name, shape: Shape::$shape, group: Group::$group },)*
        ];
    };
}

keywords! {
    ANCHOR = 1, "$anchor", Anchor, Core;
    COMMENT = 2, "$comment", Text, Core;
    DEFS = 3, "$defs", SchemaMap, Core;
    DYNAMIC_ANCHOR = 4, "$dynamicAnchor", Anchor, Core;
    DYNAMIC_REF = 5, "$dynamicRef", Uri, Core;
    ID = 6, "$id", Uri, Core;
    RECURSIVE_ANCHOR = 7, "$recursiveAnchor", Anchor, Other;
    RECURSIVE_REF = 8, "$recursiveRef", Uri, Other;
    REF = 9, "$ref", Uri, Core;
    SCHEMA = 10, "$schema", Uri, Core;
    VOCABULARY = 11, "$vocabulary", Vocabulary, Core;
    ADDITIONAL_PROPERTIES = 12, "additionalProperties", Schema, Applicator;
    ALL_OF = 13, "allOf", Schemas, Applicator;
    ANY_OF = 14, "anyOf", Schemas, Applicator;
    CONST = 15, "const", Anything, Validation;
    CONTAINS = 16, "contains", Schema, Applicator;
    CONTENT_ENCODING = 17, "contentEncoding", Text, Other;
    CONTENT_MEDIA_TYPE = 18, "contentMediaType", Text, Other;
    CONTENT_SCHEMA = 19, "contentSchema", Schema, Other;
    DEFINITIONS = 20, "definitions", SchemaMap, Core;
    DEPENDENCIES = 21, "dependencies", Dependencies, Applicator;
    DEPENDENT_REQUIRED = 22, "dependentRequired", NameLists, Validation;
    DEPENDENT_SCHEMAS = 23, "dependentSchemas", SchemaMap, Applicator;
    DEPRECATED = 24, "deprecated", Flag, Other;
    DESCRIPTION = 25, "description", Text, Other;
    ELSE = 26, "else", Schema, Applicator;
    ENUM = 27, "enum", Array, Validation;
    EXAMPLES = 28, "examples", Array, Other;
    EXCLUSIVE_MAXIMUM = 29, "exclusiveMaximum", Number, Validation;
    EXCLUSIVE_MINIMUM = 30, "exclusiveMinimum", Number, Validation;
    FORMAT = 31, "format", Text, Other;
    IF = 32, "if", Schema, Applicator;
    ITEMS = 33, "items", Schema, Applicator;
    MAX_CONTAINS = 34, "maxContains", Count, Validation;
    MAX_ITEMS = 35, "maxItems", Count, Validation;
    MAX_LENGTH = 36, "maxLength", Count, Validation;
    MAX_PROPERTIES = 37, "maxProperties", Count, Validation;
    MAXIMUM = 38, "maximum", Number, Validation;
    MIN_CONTAINS = 39, "minContains", Count, Validation;
    MIN_ITEMS = 40, "minItems", Count, Validation;
    MIN_LENGTH = 41, "minLength", Count, Validation;
    MIN_PROPERTIES = 42, "minProperties", Count, Validation;
    MINIMUM = 43, "minimum", Number, Validation;
    MULTIPLE_OF = 44, "multipleOf", Positive, Validation;
    NOT = 45, "not", Schema, Applicator;
    ONE_OF = 46, "oneOf", Schemas, Applicator;
    PATTERN = 47, "pattern", Pattern, Validation;
    PATTERN_PROPERTIES = 48, "patternProperties", PatternMap, Applicator;
    PREFIX_ITEMS = 49, "prefixItems", Schemas, Applicator;
    PROPERTIES = 50, "properties", SchemaMap, Applicator;
    PROPERTY_NAMES = 51, "propertyNames", Schema, Applicator;
    READ_ONLY = 52, "readOnly", Flag, Other;
    REQUIRED = 53, "required", Names, Validation;
    THEN = 54, "then", Schema, Applicator;
    TITLE = 55, "title", Text, Other;
    TYPE = 56, "type", Type, Validation;
    UNEVALUATED_ITEMS = 57, "unevaluatedItems", Schema, Unevaluated;
    UNEVALUATED_PROPERTIES = 58, "unevaluatedProperties", Schema, Unevaluated;
    UNIQUE_ITEMS = 59, "uniqueItems", Flag, Validation;
    WRITE_ONLY = 60, "writeOnly", Flag, Other;
}

/// The number of a keyword, or zero.
pub fn number(name: &[u8]) -> u8 {
    match KEYWORDS.binary_search_by(|keyword| keyword.name.as_bytes().cmp(name)) {
        Ok(at) => at as u8 + 1,
        Err(_) => 0,
    }
}

pub const TYPES: [&[u8]; 7] =
    [b"array", b"boolean", b"integer", b"null", b"number", b"object", b"string"];
