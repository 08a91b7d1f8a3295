package io.lanewise.propertytests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.reference.ReferenceBackend;
import io.lanewise.propertytests.law.Laws;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README shows what is true: its Java compiles, its example lines are ones that can come. */
class ReadmeTest {
  @TempDir private Path classes;

  private static String readme() throws Exception {
    return Files.readString(Path.of("README.md"));
  }

  private static List<String> found(String pattern) throws Exception {
    List<String> groups = new ArrayList<>();
    Matcher m = Pattern.compile(pattern, Pattern.DOTALL).matcher(readme());
    while (m.find()) {
      groups.add(m.group(1));
    }
    return groups;
  }

  @Test
  void everySnippetCompiles() throws Exception {
    List<String> snippets = found("```java\n(.*?)```");
    assertEquals(4, snippets.size());
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
        List.of(
            "-proc:none", "-d", classes.toString(), "-cp", System.getProperty("java.class.path"));
    boolean compiled = compiler.getTask(messages, null, null, options, null, List.of(file)).call();
    assertTrue(compiled, () -> "README: " + messages + "\n" + source);
  }

  @Test
  void theDependencyIsThisVersion() throws Exception {
    String pom = Files.readString(Path.of("pom.xml"));
    assertTrue(pom.contains("<version>" + found("<version>(.*?)</version>").getFirst() + "<"));
    assertTrue(pom.contains("<artifactId>" + found("<artifactId>(.*?)</artifactId>").getFirst()));
  }

  /** Only what stands behind its # needs a backend that is wrong. */
  @Test
  void theFailingLineNamesALawAndAShape() throws Exception {
    Matcher line =
        Pattern.compile("    --law (\\S+) --case \"(.*?)\" --seed (-?\\d+) ").matcher(readme());
    assertTrue(line.find());
    Case again =
        LawBook.of(Laws.ALL)
            .repeat(
                line.group(1),
                line.group(2),
                Long.parseLong(line.group(3)),
                new ReferenceBackend());
    assertEquals(Verdict.HOLDS, again.verdict());
    assertTrue(line.group().strip().startsWith(again.line()));
  }

  @Test
  void everyVerdictAndSubjectIsThere() throws Exception {
    for (Verdict verdict : Verdict.values()) {
      String word = verdict.name().toLowerCase(Locale.ROOT).replace('_', ' ');
      assertTrue(readme().contains("| " + word + " |"), word);
    }
    // the first of a name is about all shapes, others may be about some
    Map<String, Subject<?>> subjects = new LinkedHashMap<>();
    Laws.ALL.forEach(law -> subjects.putIfAbsent(law.subject().name(), law.subject()));
    for (Subject<?> subject : subjects.values()) {
      Matcher row =
          Pattern.compile("\\| `" + subject.name() + "` \\| [^|]* \\| `([^`]*)`").matcher(readme());
      assertTrue(row.find(), subject.name());
      assertEquals(row.group(1), subject.parse(row.group(1)).toString());
    }
  }
}
