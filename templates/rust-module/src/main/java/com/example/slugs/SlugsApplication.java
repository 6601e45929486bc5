package com.example.slugs;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** An application with one module of its own. */
@SpringBootApplication
public class SlugsApplication {

  public static void main(String[] arguments) {
    SpringApplication.run(SlugsApplication.class, arguments);
  }
}
