package com.example.titles;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** An application with one module of its own. */
@SpringBootApplication
public class TitlesApplication {

  public static void main(String[] arguments) {
    SpringApplication.run(TitlesApplication.class, arguments);
  }
}
