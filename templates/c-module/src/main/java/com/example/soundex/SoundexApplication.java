package com.example.soundex;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** An application with one module of its own. */
@SpringBootApplication
public class SoundexApplication {

  public static void main(String[] arguments) {
    SpringApplication.run(SoundexApplication.class, arguments);
  }
}
