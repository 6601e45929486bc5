use crate::parser::Parser;
use crate::classes;
impl<'a> Parser<'a> {
    pub fn typed_arrow(&mut self, _: u32, _: bool) -> u32 { 0 }
    pub fn type_or_const(&mut self) -> u32 { 0 }
    pub fn type_assertion(&mut self) -> u32 { 0 }
    pub fn call_with_types(&mut self, _: u32, _: u32, _: bool) -> u32 { 0 }
    pub fn type_arguments(&mut self) -> u32 { 0 }
    pub fn try_type_arguments(&mut self) -> u32 { 0 }
    pub fn type_parameters(&mut self) -> u32 { 0 }
    pub fn return_type(&mut self) -> u32 { 0 }
    pub fn type_annotation(&mut self) -> u32 { 0 }
    pub fn annotate(&mut self, _: u32) {}
    pub fn typed_parameter(&mut self, _: u32) -> u32 { self.binding_with_default() }
    pub fn enumeration(&mut self, _: u32, _: u32) -> u32 { 0 }
    pub fn typescript_statement(&mut self, _: u32) -> u32 { 0 }
    pub fn heritage_types(&mut self, _: &mut u32) -> u32 { 0 }
    pub fn implements(&mut self) -> u32 { 0 }
    pub fn index_signature_of_class(&mut self, _: u32, _: u32) -> u32 { 0 }
    pub fn typescript_modifier(&mut self, _: u32) -> u32 { u32::MAX }
    pub fn import_equals(&mut self, _: u32, _: u32) -> u32 { 0 }
    pub fn export_of_typescript(&mut self, _: u32) -> u32 { 0 }
    pub fn export_default_of_typescript(&mut self, _: u32, _: u32) -> u32 { self.exported_expression() }
    pub fn check_regexp(&mut self, _: u32, _: u32, _: u32, _: u32) {}
    pub fn jsx_expression(&mut self) -> u32 { self.nothing_here(1) }
}
const _: u32 = classes::STATIC;
