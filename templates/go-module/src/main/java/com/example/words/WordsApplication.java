package com.example.words;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** An application with one module of its own. */
@SpringBootApplication
public class WordsApplication {

  public static void main(String[] arguments) {
    SpringApplication.run(WordsApplication.class, arguments);
  }
}
