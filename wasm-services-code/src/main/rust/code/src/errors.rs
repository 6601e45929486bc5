//! What can be wrong with a file: a stable code and a message for each. `{}` stands for the text in question.

macro_rules! problems {
    ($($name:ident = $code:literal : $message:literal)*) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        enum Number { $($name),* }
        $(pub const $name: u16 = Number::$name as u16;)*
        pub static PROBLEMS: &[(&str, &str)] = &[$(($code, $message)),*];
    };
}

/// A problem: where it begins and ends in bytes, which it is, and the atom that the message names.
#[derive(Clone, Copy)]
pub struct Problem {
    pub start: u32,
    pub end: u32,
    pub code: u16,
    pub atom: u32,
}

problems! {
    NOTHING = "": ""
    // Tokens.
    UNEXPECTED = "unexpected-token": "'{}' was not expected here"
    UNEXPECTED_END = "unexpected-end": "The file ends too soon"
    EXPECTED = "expected-token": "'{}' is missing here"
    EXPRESSION_EXPECTED = "expected-expression": "An expression is missing here"
    NAME_EXPECTED = "expected-name": "A name is missing here"
    TYPE_EXPECTED = "expected-type": "A type is missing here"
    PATTERN_EXPECTED = "expected-pattern": "A name or a pattern is missing here"
    DECLARATION_EXPECTED = "expected-declaration": "A declaration is missing here"
    SEMICOLON = "missing-semicolon": "A semicolon or a new line is missing before this"
    CHARACTER = "invalid-character": "This character can't stand here"
    UTF8 = "invalid-utf8": "This is not valid UTF-8"
    TOO_DEEP = "too-deep": "This is nested too deeply to be read"
    STRING_END = "unterminated-string": "The string does not end on its line"
    TEMPLATE_END = "unterminated-template": "The template does not end"
    REGEXP_END = "unterminated-regexp": "The regular expression does not end on its line"
    COMMENT_END = "unterminated-comment": "The comment does not end"
    ESCAPE = "invalid-escape": "This escape sequence is not valid"
    NUMBER = "invalid-number": "This is not a valid number"
    SEPARATOR = "invalid-separator": "A numeric separator must stand between two digits"
    AFTER_NUMBER = "name-after-number": "A name or a digit can't come right after a number"
    OCTAL = "octal-in-strict": "Octal literals and octal escapes are not allowed in strict code"
    ESCAPED_KEYWORD = "escaped-keyword": "The keyword '{}' must not be written with escapes"
    // Names and bindings.
    RESERVED = "reserved-word": "'{}' is a reserved word here"
    STRICT_BINDING = "strict-binding": "'{}' can't be bound or assigned to in strict code"
    DUPLICATE = "duplicate-declaration": "'{}' is declared already"
    DUPLICATE_PARAMETER = "duplicate-parameter": "The parameter '{}' is there already"
    DUPLICATE_EXPORT = "duplicate-export": "'{}' is exported already"
    UNDEFINED_EXPORT = "undefined-export": "'{}' is exported, but not declared in this file"
    DUPLICATE_PRIVATE = "duplicate-private-name": "The private name '#{}' is declared already"
    UNDECLARED_PRIVATE = "undeclared-private-name": "The private name '#{}' is not declared in a class around it"
    DUPLICATE_PROTO = "duplicate-proto": "An object can't set __proto__ twice"
    DUPLICATE_CONSTRUCTOR = "duplicate-constructor": "A class can't have two constructors"
    DUPLICATE_ATTRIBUTE = "duplicate-attribute": "The attribute '{}' is there already"
    DUPLICATE_DEFAULT = "duplicate-default": "A switch can't have two defaults"
    LET_BINDING = "let-binding": "'let' can't be the name of a lexical declaration"
    MISSING_INITIALIZER = "missing-initializer": "This declaration needs an initializer"
    FOR_INITIALIZER = "for-initializer": "The variable of this loop can't have an initializer"
    ONE_DECLARATION = "one-declaration": "A loop of this kind declares one variable"
    // Targets.
    TARGET = "invalid-target": "This can't be assigned to"
    PATTERN = "invalid-pattern": "This can't be part of a pattern"
    PARENTHESIZED_PATTERN = "parenthesized-pattern": "A pattern can't stand in parentheses"
    REST_LAST = "rest-not-last": "A rest element must be the last one"
    REST_INITIALIZER = "rest-initializer": "A rest element can't have an initializer"
    SHORTHAND_INITIALIZER = "shorthand-initializer": "A shorthand property can have an initializer in a pattern only"
    DELETE_NAME = "delete-name": "A name can't be deleted in strict code"
    DELETE_PRIVATE = "delete-private": "A private member can't be deleted"
    OPTIONAL_TARGET = "optional-chain-target": "An optional chain can't be assigned to"
    OPTIONAL_TEMPLATE = "optional-chain-template": "A tagged template can't stand in an optional chain"
    OPTIONAL_NEW = "optional-chain-new": "An optional chain can't be the constructor of 'new'"
    // Operators.
    UNEXPECTED_PROPERTY = "missing-value": "The value of a property is missing here"
    MIXED_NULLISH = "mixed-nullish": "'??' can't be mixed with '&&' and '||' without parentheses"
    UNARY_POWER = "unary-power": "The left side of '**' needs parentheses around a unary operator"
    UNEXPECTED_PARENTHESES = "invalid-parentheses": "Parameters stand here, but no arrow function"
    PRIVATE_IN = "private-in": "A private name alone can stand only on the left side of 'in'"
    ARROW_LINE = "arrow-after-line": "There can't be a new line before '=>'"
    // Where things may stand.
    RETURN = "return-outside-function": "'return' can only stand in a function"
    BREAK = "break-outside-loop": "'break' can only stand in a loop or a switch"
    CONTINUE = "continue-outside-loop": "'continue' can only stand in a loop"
    UNDEFINED_LABEL = "undefined-label": "There is no label '{}' around this"
    CONTINUE_LABEL = "continue-label": "The label '{}' is not that of a loop"
    DUPLICATE_LABEL = "duplicate-label": "The label '{}' is there already"
    WITH = "with-in-strict": "'with' is not allowed in strict code"
    SUPER_CALL = "super-call": "'super()' can only stand in the constructor of a class that extends another"
    SUPER_PROPERTY = "super-property": "'super' can only stand in a method"
    SUPER_ALONE = "super-alone": "'super' needs a call or a member behind it"
    NEW_TARGET = "new-target": "'new.target' can only stand in a function"
    IMPORT_META = "import-meta": "'import.meta' can only stand in a module"
    IMPORT_NEW = "import-new": "'import()' can't be the constructor of 'new'"
    IMPORT_ARGUMENTS = "import-arguments": "'import()' takes one argument, and options"
    META_PROPERTY = "meta-property": "There is no such meta property"
    MODULE_ONLY = "module-only": "'import' and 'export' declarations can only stand in a module"
    TOP_LEVEL_ONLY = "top-level-only": "'import' and 'export' declarations can only stand at the top of a module"
    AWAIT_OUTSIDE = "await-outside-async": "'await' can only stand in an async function or at the top of a module"
    AWAIT_PARAMETER = "await-in-parameters": "'await' can't stand in parameters"
    YIELD_PARAMETER = "yield-in-parameters": "'yield' can't stand in parameters"
    ARGUMENTS = "arguments-in-initializer": "'arguments' can't stand in a field or a static block of a class"
    DECLARATION_BODY = "declaration-as-body": "A declaration needs a block around it here"
    FUNCTION_BODY = "function-as-body": "A function declaration needs a block around it here"
    LABELED_FUNCTION = "labeled-function": "A function of this kind can't have a label"
    FOR_LET = "for-let": "A loop's left side can't begin with 'let' here"
    FOR_ASYNC = "for-async-of": "The left side of 'for of' can't be 'async'"
    NEW_LINE_THROW = "throw-line": "There can't be a new line after 'throw'"
    TRY_ALONE = "try-alone": "A 'try' needs a 'catch' or a 'finally'"
    STRICT_DIRECTIVE = "use-strict-parameters": "A function with such parameters can't have the directive 'use strict'"
    USING = "using-placement": "A 'using' declaration can't stand here"
    USING_PATTERN = "using-pattern": "A 'using' declaration takes names, not patterns"
    // Classes and objects.
    GETTER_PARAMETERS = "getter-parameters": "A getter has no parameters"
    SETTER_PARAMETERS = "setter-parameters": "A setter has one parameter"
    SETTER_REST = "setter-rest": "The parameter of a setter can't be a rest parameter"
    CONSTRUCTOR_KIND = "constructor-kind": "A constructor can't be a getter, a setter, a generator or async"
    CONSTRUCTOR_FIELD = "constructor-field": "A field can't have the name 'constructor'"
    PRIVATE_CONSTRUCTOR = "private-constructor": "A private name can't be '#constructor'"
    STATIC_PROTOTYPE = "static-prototype": "A static member can't have the name 'prototype'"
    DECORATOR = "decorator-placement": "Decorators can't stand here"
    SURROGATE_NAME = "surrogate-name": "A name in a module can't have half of a surrogate pair"
    EXPORT_NAME = "export-name": "A string can be exported only from another module"
    // Regular expressions.
    FLAGS = "invalid-regexp-flags": "The flags of the regular expression are not valid"
    REGEXP = "invalid-regexp": "The regular expression is not valid: {}"
    // JSX.
    JSX_CLOSING = "jsx-closing-tag": "The closing tag for '{}' is missing here"
    JSX_CLOSING_FRAGMENT = "jsx-closing-fragment": "The closing tag of the fragment is missing here"
    JSX_ADJACENT = "jsx-adjacent": "Elements beside each other need one around them"
    JSX_EMPTY = "jsx-empty-expression": "An attribute needs an expression in its braces"
    JSX_ATTRIBUTE = "jsx-attribute-value": "The value of an attribute is a string, an element or an expression in braces"
    JSX_CHARACTER = "jsx-character": "'{}' in the text of an element must be written in braces or as an entity"
    // TypeScript.
    MODIFIER = "invalid-modifier": "The modifier '{}' can't stand here"
    DUPLICATE_MODIFIER = "duplicate-modifier": "The modifier '{}' is there already"
    ABSTRACT_BODY = "abstract-body": "An abstract member has no body"
    AMBIENT_BODY = "ambient-body": "There are no statements and bodies in an ambient context"
    EMPTY_TYPES = "empty-type-list": "A list of types can't be empty"
}
