package io.github.wasmspring.maven;

import io.github.wasmspring.WasmLoadException;
import io.github.wasmspring.engine.jvm.BuildTimeClasses;
import io.github.wasmspring.split.BigFunction;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.apache.maven.model.Resource;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/** Makes classes of modules, so that an application need not when it runs. */
@Mojo(name = "compile", defaultPhase = LifecyclePhase.PROCESS_CLASSES, threadSafe = true)
public class CompileMojo extends AbstractMojo {

  /** The modules, each a {@code file} and the {@code className} to make. */
  @Parameter(required = true)
  private List<CompiledModule> modules = List.of();

  /** Where class files go, and modules that are in no folder of resources. */
  @Parameter(defaultValue = "${project.build.outputDirectory}", required = true)
  private @Nullable File outputDirectory;

  @Parameter(defaultValue = "${project}", readonly = true, required = true)
  private @Nullable MavenProject project;

  /** Makes nothing. */
  @Parameter(property = "wasm.compile.skip", defaultValue = "false")
  private boolean skip;

  /** For Maven. */
  public CompileMojo() {}

  CompileMojo(List<CompiledModule> modules, File outputDirectory, MavenProject project) {
    this.modules = modules;
    this.outputDirectory = outputDirectory;
    this.project = project;
  }

  @Override
  public void execute() throws MojoExecutionException, MojoFailureException {
    if (this.skip) {
      getLog().info("Skipped");
      return;
    }
    for (CompiledModule module : this.modules) {
      compile(required(module.file(), "file"), required(module.className(), "className"));
    }
  }

  private static <T> T required(@Nullable T value, String name) throws MojoExecutionException {
    if (value == null) {
      throw new MojoExecutionException("A <module> of <modules> has no <" + name + ">");
    }
    return value;
  }

  private void compile(File file, String className)
      throws MojoExecutionException, MojoFailureException {
    Path module = file.toPath().toAbsolutePath().normalize();
    if (!Files.isRegularFile(module)) {
      throw new MojoExecutionException("There is no module " + module);
    }
    Path output = Objects.requireNonNull(this.outputDirectory).toPath();
    String resource = inResources(module);
    try {
      BuildTimeClasses classes =
          new BuildTimeClasses(Files.readAllBytes(module), module.toString(), className, resource);
      if (classes.areIn(output)) {
        getLog().debug(className + " is as " + module + " is");
        return;
      }
      List<BigFunction> big = classes.writeTo(output);
      getLog().info("Compiled " + module.getFileName() + " to " + className);
      for (BigFunction function : big) {
        report(function);
      }
    } catch (WasmLoadException refused) {
      throw new MojoFailureException(module + ": " + refused.detail(), refused);
    } catch (IllegalArgumentException wrong) {
      throw new MojoExecutionException(wrong.getMessage(), wrong);
    } catch (IOException failure) {
      throw new MojoExecutionException(
          "The classes of %s can't be written to %s: %s".formatted(module, output, failure),
          failure);
    }
  }

  private void report(BigFunction function) {
    String described = "  " + function.describe();
    if (function.isTooBig()) {
      getLog()
          .warn(
              described
                  + ": HotSpot won't compile it; build the module with less inlining, or split the function");
    } else {
      getLog().debug(described);
    }
  }

  /** Where the module will be in the class path, {@code null} if it is in no resources. */
  private @Nullable String inResources(Path module) {
    for (Resource resource : Objects.requireNonNull(this.project).getResources()) {
      Path folder = Path.of(resource.getDirectory()).toAbsolutePath().normalize();
      if (module.startsWith(folder)) {
        if (resource.isFiltering()) {
          getLog()
              .warn(folder + " is filtered, which damages modules; exclude *.wasm from filtering");
        }
        String below = folder.relativize(module).toString().replace(File.separatorChar, '/');
        String target = resource.getTargetPath();
        return target == null || target.isEmpty() ? below : target + "/" + below;
      }
    }
    return null;
  }
}
