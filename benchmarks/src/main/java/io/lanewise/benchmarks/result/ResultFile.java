package io.lanewise.benchmarks.result;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.lanewise.benchmarks.contender.Op;
import io.lanewise.layers.files.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@link BenchResult} as JSON: an object for each record, the components as its fields, all of
 * them always there. Read strictly: an unknown, missing or doubled field, a text where a number
 * belongs, or a value that a record refuses, is an error with its place. Results of version 1 are
 * read, too.
 */
public final class ResultFile {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addMixIn(Op.class, OpForm.class)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .build();

  private static final Pattern MISSING =
      Pattern.compile("Missing (?:required )?creator property '(\\w+)'");
  private static final ObjectWriter WRITER = JSON.writer(new SamplesOnOneLine());

  /** Above half a million samples; the JSON tree takes some ten times the file. */
  private static final int MOST_BYTES = 64 << 20;

  private ResultFile() {}

  /** Operations are written as on the command line. */
  private interface OpForm {
    @JsonValue
    String option();
  }

  /** Objects have a line for each field, but samples, of which there are thousands, one in all. */
  private static final class SamplesOnOneLine extends DefaultPrettyPrinter {
    private static final long serialVersionUID = 1L;
    private static final int SAMPLE_DEPTH = 4; // result, rows, a row, samples

    SamplesOnOneLine() {
      indentArraysWith(new DefaultIndenter("  ", "\n"));
      indentObjectsWith(
          new DefaultIndenter("  ", "\n") {
            private static final long serialVersionUID = 1L;

            @Override
            public void writeIndentation(JsonGenerator g, int level) throws IOException {
              if (level > SAMPLE_DEPTH) {
                g.writeRaw(' ');
              } else {
                super.writeIndentation(g, level);
              }
            }
          });
    }

    @Override
    public DefaultPrettyPrinter createInstance() {
      return new SamplesOnOneLine();
    }

    @Override
    public void writeEndObject(JsonGenerator g, int fields) throws IOException {
      if (_nesting > SAMPLE_DEPTH) {
        _nesting--;
        g.writeRaw(" }");
      } else {
        super.writeEndObject(g, fields);
      }
    }
  }

  /**
   * Reads a file.
   *
   * @throws ResultFileException naming file and place of what is wrong
   * @throws java.nio.file.FileSystemException naming the file, if it is not there, above 64 MiB or
   *     not UTF-8 text
   */
  public static BenchResult read(Path file) throws IOException {
    return parse(BoundedText.read(file, MOST_BYTES), file.toString());
  }

  /** Reads JSON text; {@code name} goes into messages. */
  static BenchResult parse(String json, String name) throws ResultFileException {
    try {
      JsonNode tree = JSON.readTree(json);
      JsonNode version = tree.path("version");
      if (version.isInt() && version.intValue() == Version1.NUMBER) {
        return JSON.treeToValue(Version1.upgrade(tree), BenchResult.class);
      }
      if (!version.isInt() || version.intValue() != BenchResult.VERSION) {
        throw new ResultFileException(
            name,
            "",
            "expected a bench result of version "
                + BenchResult.VERSION
                + ", got version "
                + version);
      }
      return JSON.readValue(json, BenchResult.class);
    } catch (JsonProcessingException e) {
      throw new ResultFileException(name, place(e), reason(e));
    }
  }

  private static String place(JsonProcessingException e) {
    StringBuilder place = new StringBuilder();
    JsonLocation at = e.getLocation();
    if (at != null && at.getLineNr() > 0) {
      place.append("line ").append(at.getLineNr());
    }
    if (e instanceof JsonMappingException m) {
      StringBuilder path = new StringBuilder();
      for (JsonMappingException.Reference r : m.getPath()) {
        path.append(r.getFieldName() == null ? "[" + r.getIndex() + "]" : "." + r.getFieldName());
      }
      if (!path.isEmpty()) {
        place.append(place.isEmpty() ? "" : ", ").append(path.substring(1));
      }
    }
    return place.toString();
  }

  private static String reason(JsonProcessingException e) {
    if (e instanceof ValueInstantiationException && e.getCause() != null) {
      return e.getCause().getMessage();
    }
    Matcher missing = MISSING.matcher(e.getOriginalMessage());
    return missing.lookingAt()
        ? "the field '" + missing.group(1) + "' is missing"
        : e.getOriginalMessage().lines().findFirst().orElse("unreadable");
  }

  /** Writes a file, whole or not at all. */
  public static void write(BenchResult result, Path file) throws IOException {
    AtomicFile.write(file, format(result));
  }

  /** The JSON text. */
  static String format(BenchResult result) throws IOException {
    return WRITER.writeValueAsString(result) + "\n";
  }
}
