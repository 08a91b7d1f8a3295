package io.lanewise.onnx.host;

import io.lanewise.layers.typed.ElementType;
import io.lanewise.layers.typed.TypedTensor;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/** Cast and CastLike: any element type to any. */
final class Casts {
  private static final double TWO_63 = 0x1p63;

  private Casts() {}

  static void addTo(OpTable<HostOp> table) {
    table.add("Cast", call -> List.of(cast(call.input(0), target(call))));
    table.add("CastLike", 15, call -> List.of(cast(call.input(0), call.input(1).type())));
  }

  /** Before version 6 the type was given by name. */
  private static ElementType target(HostCall call) {
    if (call.opset() >= 6) {
      return call.type("to", ElementType.FLOAT);
    }
    String name = call.node().textOr("to", "FLOAT");
    try {
      return ElementType.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw call.unsupported("element type " + name);
    }
  }

  static TypedTensor cast(TypedTensor x, ElementType type) {
    if (x.type() == type) {
      return x;
    }
    TypedTensor y = TypedTensor.zeros(type, x.shape());
    for (int i = 0; i < y.size(); i++) {
      if (x.type() == ElementType.STRING) {
        parse(x.strings()[i], y, i);
      } else if (type == ElementType.STRING) {
        y.strings()[i] = format(x, i);
      } else if (x.type().isFloating()) {
        setFloating(y, i, x.doubleAt(i));
      } else if (x.type() == ElementType.UINT64 && type.isFloating()) {
        y.setDouble(i, x.doubleAt(i));
      } else {
        y.setLong(i, x.longAt(i));
      }
    }
    return y;
  }

  /** Rounded towards zero in integer types; uint64's upper half does not fit a signed long. */
  private static void setFloating(TypedTensor y, int i, double v) {
    if (y.type() == ElementType.UINT64 && v >= TWO_63) {
      y.setLong(i, (long) (v - TWO_63) + Long.MIN_VALUE);
    } else {
      y.setDouble(i, v);
    }
  }

  private static void parse(String text, TypedTensor y, int i) {
    String trimmed = text.trim();
    try {
      switch (y.type()) {
        case UINT64 -> y.setLong(i, Long.parseUnsignedLong(trimmed));
        case FLOAT, FLOAT16, BFLOAT16 -> y.setDouble(i, Float.parseFloat(floating(trimmed)));
        case DOUBLE -> y.setDouble(i, Double.parseDouble(floating(trimmed)));
        case BOOL -> y.setDouble(i, Double.parseDouble(floating(trimmed)));
        default -> y.setLong(i, new BigDecimal(trimmed).longValue());
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' is not of type " + y.type(), e);
    }
  }

  private static String floating(String text) {
    return switch (text.toUpperCase(Locale.ROOT)) {
      case "NAN" -> "NaN";
      case "INF", "+INF" -> "Infinity";
      case "-INF" -> "-Infinity";
      default -> text;
    };
  }

  private static String format(TypedTensor x, int i) {
    return switch (x.type()) {
      case FLOAT, FLOAT16, BFLOAT16 -> number(Float.toString((float) x.doubleAt(i)));
      case DOUBLE -> number(Double.toString(x.doubleAt(i)));
      case UINT64 -> Long.toUnsignedString(x.longAt(i));
      case BOOL -> x.booleanAt(i) ? "1" : "0";
      default -> Long.toString(x.longAt(i));
    };
  }

  /**
   * The shortest digits that tell the number apart, plain from 1e-4 to below 1e16 and scientific
   * outside, as in C and Python.
   */
  private static String number(String javas) {
    switch (javas) {
      case "NaN" -> {
        return "NaN";
      }
      case "Infinity" -> {
        return "INF";
      }
      case "-Infinity" -> {
        return "-INF";
      }
      case "0.0", "-0.0" -> {
        return javas;
      }
      default -> {}
    }
    BigDecimal value = new BigDecimal(javas).stripTrailingZeros();
    int exponent = value.precision() - value.scale() - 1;
    if (exponent >= -4 && exponent < 16) {
      String plain = value.toPlainString();
      return plain.contains(".") ? plain : plain + ".0";
    }
    String mantissa = value.movePointLeft(exponent).toPlainString();
    return "%se%s%02d".formatted(mantissa, exponent < 0 ? "-" : "+", Math.abs(exponent));
  }
}
