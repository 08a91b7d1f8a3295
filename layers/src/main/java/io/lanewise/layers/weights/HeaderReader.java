package io.lanewise.layers.weights;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.lanewise.layers.files.Quote;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the JSON header of one file. Whatever a header can get wrong on its own is refused here;
 * how the tensors share the data is {@link DataLayout}'s to check.
 */
final class HeaderReader {
  // Names are not interned or kept in a symbol table: they come from an untrusted file.
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(4) // one more than a header has, so that the refusal is ours
                  .maxNumberLength(100)
                  .maxStringLength(Header.MAX_BYTES)
                  .build())
          .build();

  private final String file;
  private final JsonParser json;
  private final List<TensorEntry> entries = new ArrayList<>();
  private Map<String, String> metadata = Map.of();

  private HeaderReader(String file, JsonParser json) {
    this.file = file;
    this.json = json;
  }

  /**
   * Reads a header.
   *
   * @param file the file's name, for messages
   * @param utf8 the header's bytes, at least one
   * @param dataBytes how many bytes follow the header
   */
  static Header read(String file, byte[] utf8, long dataBytes) throws IOException {
    if (utf8[0] != '{') {
      throw new SafetensorsException(
          file + ": expected the header to begin with '{', got byte " + (utf8[0] & 0xff));
    }
    // A decoder made this way throws on malformed input, where new String would put in U+FFFD.
    InputStreamReader text =
        new InputStreamReader(new ByteArrayInputStream(utf8), StandardCharsets.UTF_8.newDecoder());
    try (JsonParser json = JSON.createParser(text)) {
      return new HeaderReader(file, json).header(dataBytes);
    } catch (CharacterCodingException e) {
      throw new SafetensorsException(file + ": the header is not UTF-8", e);
    } catch (JsonEOFException e) {
      throw new SafetensorsException(
          file
              + ": the header's JSON ends before its closing brace, after "
              + utf8.length
              + " bytes",
          e);
    } catch (JsonProcessingException e) {
      throw new SafetensorsException(
          file
              + ": the header is not valid JSON at character "
              + e.getLocation().getCharOffset()
              + ": "
              + e.getOriginalMessage(),
          e);
    }
  }

  private Header header(long dataBytes) throws IOException {
    json.nextToken(); // the opening brace: the first byte was one
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = unicode(json.currentName(), "name");
      json.nextToken();
      if (name.equals(SafetensorsFile.METADATA)) {
        metadata = metadata();
      } else if (entries.size() == SafetensorsFile.MAX_TENSORS) {
        throw error("expected at most " + SafetensorsFile.MAX_TENSORS + " tensors, got more");
      } else {
        entries.add(new TensorEntryReader(file, name, json).read(dataBytes));
      }
    }
    if (json.nextToken() != null) {
      throw error(
          "expected nothing but spaces after the header's object, got " + Quote.of(json.getText()));
    }
    return new Header(entries, metadata);
  }

  private Map<String, String> metadata() throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw error("expected __metadata__ to be an object, got " + Quote.of(json.getText()));
    }
    Map<String, String> map = new LinkedHashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String key = unicode(json.currentName(), "metadata key");
      if (json.nextToken() != JsonToken.VALUE_STRING) {
        throw error(
            "expected metadata " + Quote.of(key) + " to be text, got " + Quote.of(json.getText()));
      }
      map.put(key, unicode(json.getText(), "metadata value"));
    }
    return map;
  }

  private String unicode(String text, String what) throws SafetensorsException {
    if (!Quote.isUnicode(text)) {
      throw error(what + " " + Quote.of(text) + " is not Unicode text");
    }
    return text;
  }

  private SafetensorsException error(String problem) {
    return new SafetensorsException(file + ": " + problem);
  }
}
