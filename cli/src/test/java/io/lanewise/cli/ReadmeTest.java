package io.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The documents show what is true: their Java compiles, their links lead somewhere. */
class ReadmeTest {
  private static final Path ROOT = root();

  @TempDir private Path classes;

  private static Path root() {
    Path p = Path.of("").toAbsolutePath();
    while (!Files.exists(p.resolve("CONTRIBUTING.md"))) {
      p = p.getParent();
    }
    return p;
  }

  private static List<String> snippets(Path document) throws Exception {
    List<String> found = new ArrayList<>();
    Matcher m =
        Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(document));
    while (m.find()) {
      found.add(m.group(1));
    }
    return found;
  }

  @Test
  void everySnippetCompiles() throws Exception {
    List<String> snippets = snippets(ROOT.resolve("README.md"));
    assertEquals(3, snippets.size(), "snippets in the README");
    for (int i = 0; i < snippets.size(); i++) {
      compile("Snippet" + i, snippets.get(i));
    }
  }

  private void compile(String name, String snippet) {
    String imports =
        snippet.lines().filter(l -> l.startsWith("import ")).collect(Collectors.joining("\n"));
    String body =
        snippet.lines().filter(l -> !l.startsWith("import ")).collect(Collectors.joining("\n"));
    String source =
        imports + "\nclass " + name + " { static void run() throws Exception {\n" + body + "\n} }";
    JavaFileObject file =
        new SimpleJavaFileObject(
            URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    List<String> options =
        List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path"));
    boolean compiled = compiler.getTask(messages, null, null, options, null, List.of(file)).call();
    assertTrue(compiled, () -> "README: " + messages + "\n" + source);
  }

  @Test
  void everyLinkToAFileLeadsSomewhere() throws Exception {
    List<String> broken = new ArrayList<>();
    for (Path folder :
        List.of(
            ROOT,
            ROOT.resolve("docs"),
            ROOT.resolve("docs/adr"),
            ROOT.resolve("benchmarks"),
            ROOT.resolve("benchmarks/results"))) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path document : files.filter(p -> p.toString().endsWith(".md")).toList()) {
          Matcher m =
              Pattern.compile("\\]\\(([^)#]+)(#[^)]*)?\\)").matcher(Files.readString(document));
          while (m.find()) {
            String link = m.group(1);
            if (!link.startsWith("http")
                && !Files.exists(document.resolveSibling(link).normalize())) {
              broken.add(document.getFileName() + ": " + link);
            }
          }
        }
      }
    }
    assertEquals(List.of(), broken);
  }
}
