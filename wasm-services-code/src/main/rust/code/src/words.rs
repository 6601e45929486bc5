//! Numbers of tokens and of the words that the grammar knows. A word is the atom of the same number, and those that are reserved
//! are tokens in the same order.

macro_rules! numbers {
    ($type:ty; $($name:ident)*) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        enum Number { $($name),* }
        $(pub const $name: $type = Number::$name as $type;)*
    };
}

macro_rules! atoms {
    ($($name:ident = $text:literal)*) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        enum Number { NONE, $($name),* }
        $(pub const $name: u32 = Number::$name as u32;)*
        /// The texts of all words, in the order of their atoms, which begin at 1.
        pub static WORDS: &[&str] = &[$($text),*];
    };
}

/// Tokens.
pub mod t {
    numbers! { u8;
        END
        // Reserved words, in the order of `w`.
        BREAK CASE CATCH CLASS CONST CONTINUE DEBUGGER DEFAULT DELETE DO ELSE ENUM EXPORT EXTENDS FALSE FINALLY FOR FUNCTION IF IMPORT
        IN INSTANCEOF NEW NULL RETURN SUPER SWITCH THIS THROW TRUE TRY TYPEOF VAR VOID WHILE WITH
        IDENTIFIER ESCAPED_KEYWORD PRIVATE_NAME NUMBER BIGINT STRING TEMPLATE REGEXP JSX_TEXT UNKNOWN
        LEFT_BRACE RIGHT_BRACE LEFT_PAREN RIGHT_PAREN LEFT_BRACKET RIGHT_BRACKET DOT ELLIPSIS SEMICOLON COMMA QUESTION QUESTION_DOT COLON
        ARROW AT HASH
        // Operators, in the order of `OPERATORS`.
        ASSIGN PLUS_ASSIGN MINUS_ASSIGN STAR_ASSIGN SLASH_ASSIGN PERCENT_ASSIGN POWER_ASSIGN SHIFT_LEFT_ASSIGN SHIFT_RIGHT_ASSIGN
        UNSIGNED_SHIFT_ASSIGN AND_ASSIGN OR_ASSIGN XOR_ASSIGN LOGICAL_AND_ASSIGN LOGICAL_OR_ASSIGN NULLISH_ASSIGN
        NULLISH LOGICAL_OR LOGICAL_AND OR XOR AND EQUAL NOT_EQUAL STRICT_EQUAL STRICT_NOT_EQUAL LESS GREATER LESS_EQUAL GREATER_EQUAL
        SHIFT_LEFT SHIFT_RIGHT UNSIGNED_SHIFT PLUS MINUS STAR SLASH PERCENT POWER NOT TILDE INCREMENT DECREMENT
    }
    /// Numbers of operators that are words, behind those of tokens.
    pub const INSTANCEOF_OPERATOR: u32 = (DECREMENT - ASSIGN) as u32 + 1;
    pub const IN_OPERATOR: u32 = INSTANCEOF_OPERATOR + 1;
    pub const TYPEOF_OPERATOR: u32 = IN_OPERATOR + 1;
    pub const VOID_OPERATOR: u32 = TYPEOF_OPERATOR + 1;
    pub const DELETE_OPERATOR: u32 = VOID_OPERATOR + 1;
    pub const LAST_RESERVED: u8 = WITH;
}

/// Words.
pub mod w {
    atoms! {
        BREAK = "break" CASE = "case" CATCH = "catch" CLASS = "class" CONST = "const" CONTINUE = "continue" DEBUGGER = "debugger"
        DEFAULT = "default" DELETE = "delete" DO = "do" ELSE = "else" ENUM = "enum" EXPORT = "export" EXTENDS = "extends" FALSE = "false"
        FINALLY = "finally" FOR = "for" FUNCTION = "function" IF = "if" IMPORT = "import" IN = "in" INSTANCEOF = "instanceof" NEW = "new"
        NULL = "null" RETURN = "return" SUPER = "super" SWITCH = "switch" THIS = "this" THROW = "throw" TRUE = "true" TRY = "try"
        TYPEOF = "typeof" VAR = "var" VOID = "void" WHILE = "while" WITH = "with"
        // Words of strict code.
        IMPLEMENTS = "implements" INTERFACE = "interface" LET = "let" PACKAGE = "package" PRIVATE = "private" PROTECTED = "protected"
        PUBLIC = "public" STATIC = "static" YIELD = "yield"
        AWAIT = "await" ASYNC = "async" OF = "of" GET = "get" SET = "set" EVAL = "eval" ARGUMENTS = "arguments" AS = "as" FROM = "from"
        META = "meta" TARGET = "target" CONSTRUCTOR = "constructor" PROTOTYPE = "prototype" PROTO = "__proto__" USING = "using"
        ACCESSOR = "accessor" NONE_ATOM = "" STAR_DEFAULT = "*default*" UNDEFINED = "undefined"
        // Words of TypeScript.
        ABSTRACT = "abstract" ANY = "any" ASSERTS = "asserts" ASSERT = "assert" BIGINT = "bigint" BOOLEAN = "boolean" DECLARE = "declare"
        GLOBAL = "global" INFER = "infer" INTRINSIC = "intrinsic" IS = "is" KEYOF = "keyof" MODULE = "module" NAMESPACE = "namespace"
        NEVER = "never" NUMBER = "number" OBJECT = "object" OUT = "out" OVERRIDE = "override" READONLY = "readonly" REQUIRE = "require"
        SATISFIES = "satisfies" STRING = "string" SYMBOL = "symbol" TYPE = "type" UNIQUE = "unique" UNKNOWN = "unknown" DEFER = "defer" SOURCE = "source"
    }
}
