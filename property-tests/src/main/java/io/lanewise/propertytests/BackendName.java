package io.lanewise.propertytests;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.CpuBackend;
import io.lanewise.kernels.reference.ReferenceBackend;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A backend by its name, so that any JVM can make the same one.
 *
 * @param name one of {@link #BUILT_IN}, or a public class that implements {@link Backend} and has a
 *     public constructor without arguments or a public static method {@code backend()}
 * @param classPath jars and folders where that class and what it needs may lie besides this JVM's
 *     own class path
 */
public record BackendName(String name, List<Path> classPath) {
  /** The names that need no class. */
  public static final List<String> BUILT_IN = List.of("best", "simd", "scalar", "reference");

  /** Keeps its own copy. */
  public BackendName {
    classPath = List.copyOf(classPath);
  }

  /** A backend that is on the class path already. */
  public static BackendName of(String name) {
    return new BackendName(name, List.of());
  }

  /**
   * A backend with a class path as {@code java -cp} takes it; {@code FOLDER/*} stands for all jars
   * in the folder.
   *
   * @throws IllegalArgumentException naming an entry that does not exist
   */
  public static BackendName of(String name, String classPath, String separator) {
    List<Path> entries = new ArrayList<>();
    for (String entry : classPath.split(java.util.regex.Pattern.quote(separator), -1)) {
      if (entry.endsWith("/*") || entry.endsWith("\\*")) {
        entries.addAll(jarsIn(Path.of(entry.substring(0, entry.length() - 2))));
      } else if (!entry.isEmpty()) {
        entries.add(existing(Path.of(entry)));
      }
    }
    return new BackendName(name, entries);
  }

  private static List<Path> jarsIn(Path folder) {
    try (Stream<Path> files = Files.list(existing(folder))) {
      return files.filter(p -> p.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path existing(Path entry) {
    if (!Files.exists(entry)) {
      throw new IllegalArgumentException("the class path's " + entry + " does not exist");
    }
    return entry.toAbsolutePath();
  }

  /**
   * Makes the backend.
   *
   * @throws IllegalArgumentException saying what is wrong with the class
   * @throws UnsupportedOperationException if it is {@code simd} and this JVM cannot run it
   */
  public Backend load() {
    return switch (name) {
      case "best" -> Backend.best();
      case "simd" -> CpuBackend.simd();
      case "scalar" -> CpuBackend.scalar();
      case "reference" -> new ReferenceBackend();
      default -> fromClass();
    };
  }

  private Backend fromClass() {
    try {
      Class<?> type = Class.forName(name, true, loader());
      Optional<Method> factory = factory(type);
      if (factory.isEmpty() && !Backend.class.isAssignableFrom(type)) {
        throw new IllegalArgumentException(
            "class " + name + " does not implement " + Backend.class.getName());
      }
      Object made =
          factory.isPresent() ? factory.get().invoke(null) : type.getConstructor().newInstance();
      return (Backend) made;
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException(
          "class " + name + " is not " + (classPath.isEmpty() ? "there" : "in " + classPath), e);
    } catch (NoSuchMethodException | InstantiationException | IllegalAccessException e) {
      throw new IllegalArgumentException(
          "class "
              + name
              + " must be public with a public constructor without arguments, or have a public"
              + " static method backend()",
          e);
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException("class " + name + " failed: " + e.getCause(), e);
    } catch (LinkageError e) {
      throw new IllegalArgumentException("class " + name + " cannot be loaded: " + e, e);
    }
  }

  private static Optional<Method> factory(Class<?> type) {
    return Stream.of(type.getMethods())
        .filter(m -> m.getName().equals("backend") && m.getParameterCount() == 0)
        .filter(m -> Modifier.isStatic(m.getModifiers()))
        .filter(m -> Backend.class.isAssignableFrom(m.getReturnType()))
        .findFirst();
  }

  /** Never closed: the backend may load more of its classes at any time. */
  private ClassLoader loader() {
    ClassLoader own = BackendName.class.getClassLoader();
    if (classPath.isEmpty()) {
      return own;
    }
    return new URLClassLoader(classPath.stream().map(BackendName::url).toArray(URL[]::new), own);
  }

  private static URL url(Path entry) {
    try {
      return entry.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException("not a place for classes: " + entry, e);
    }
  }
}
