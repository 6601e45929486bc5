package io.github.wasmspring.dashboard;

import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The section that the documentation shows. */
@Configuration(proxyBeanMethods = false)
public class SectionExample {

  /** Something of an application. */
  public record RuleBook(List<Rule> rules) {}

  public record Rule(String name, long hits) {}

  @Bean
  RuleBook book() {
    return new RuleBook(List.of(new Rule("discount", 7), new Rule("shipping", 12)));
  }

  @Bean
  DashboardSection rules(RuleBook book) {
    return DashboardSection.of(
        "rules",
        "Rules",
        () ->
            DashboardTable.of(
                List.of(DashboardTable.text("name", "Rule"), DashboardTable.count("hits", "Hits")),
                book.rules().stream()
                    .map(rule -> DashboardTable.row(rule.name(), rule.name(), rule.hits()))
                    .toList()));
  }
}
