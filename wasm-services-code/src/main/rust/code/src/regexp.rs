use crate::parser::Parser;
impl<'a> Parser<'a> {
    pub fn check_regexp(&mut self, _: u32, _: u32, _: u32, _: u32) {}
}
