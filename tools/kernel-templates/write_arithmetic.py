"""Writes the loops over arithmetic.py's functions, for vectors and scalars; edit those, never the output, then run mvn spotless:apply."""
import ast
import re
import subprocess
import sys

import write_curves as curves
from write_curves import BASE, FUNCTIONS, OWNER, PARAMETERS, Value, java_name

SOURCE = ast.parse((curves.HERE / "arithmetic.py").read_text())
FUNCTIONS.update({f.name: f for f in SOURCE.body if isinstance(f, ast.FunctionDef)})
TABLE = {a.targets[0].id: ast.literal_eval(a.value) for a in SOURCE.body if isinstance(a, ast.Assign)}
ARRAYS = {"x": "src", "a": "left", "b": "right", "dy": "dy"}
LOCALS = {"dy": "g"}
# Their vectors are too many for C2 to keep all of them off the heap (80 bytes a vector of pow, JDK 25.0.3).
SCALAR_ONLY = ("pow",)
SLOPES = ("_slope", "_slope_a", "_slope_b")


class Vectors(curves.Vectors):
    prefix, package = "Vector", "simd"

    def sqrt_(self, a):
        return Value(f"{a.text}.sqrt()", "v")

    def least_(self, a, b):
        return Value(f"{a.text}.min({b.text})", "v")

    def greatest_(self, a, b):
        return Value(f"{a.text}.max({b.text})", "v")

    def bit_(self, t, i):
        shift = 31 - int(i.text[:-1])
        return Value(f"{t.text}.reinterpretAsInts().lanewise(VectorOperators.LSHL, {shift}).reinterpretAsFloats().test(VectorOperators.IS_NEGATIVE)", "m")


class Scalars(curves.Scalars):
    prefix, package = "Scalar", "scalar"

    def fma_(self, a, b, c):
        return Value(f"math.exact({a.text}, {b.text}, {c.text})", "v")

    def sqrt_(self, a):
        return Value(f"(float) Math.sqrt({a.text})", "v", 3)

    def least_(self, a, b):
        return Value(f"Math.min({a.text}, {b.text})", "v")

    def greatest_(self, a, b):
        return Value(f"Math.max({a.text}, {b.text})", "v")

    def bit_(self, t, i):
        return Value(f"Float.floatToRawIntBits({t.text}) << {31 - int(i.text[:-1])} < 0", "m", 0)


TAILS = {("x", ""): "unary", ("x", "_slope"): "unarySlope", ("a", ""): "binary", ("a", "_slope_a"): "slopeA", ("a", "_slope_b"): "slopeB"}


def suffix(name):
    """How a function is called: its first argument, and which slope it is."""
    return FUNCTIONS[name].args.args[0].arg, next((s for s in reversed(SLOPES) if name.endswith(s)), "")


def constant(name):
    first, slope = suffix(name)
    base = name.removesuffix(slope).upper()
    return f"UnaryCurve.{base}, 0, 0" if first == "x" else f"BinaryCurve.{base}"


def method(name, kind, one=""):
    """The loop over one function; {@code one} names the operand that is one number for all."""
    f, ok = FUNCTIONS[name], FUNCTIONS.get(name + "_ok")
    simd = kind is Vectors
    w = kind()
    arrays, scalars, arguments, declared = [], [], [], []
    read = {n.id for g in (f, ok) if g for n in ast.walk(g) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}
    for a in (a.arg for a in f.args.args):
        local = LOCALS.get(a, a)
        if a in PARAMETERS:
            scalars.append(a)
            w.kinds[a] = "s"
            arguments.append(Value(a, "s"))
            continue
        w.kinds[local] = "v"
        if a == one:
            declared.append(f"float {ARRAYS[a]}")
            if simd:
                w.lines.append(f"FloatVector {local} = FloatVector.broadcast(V, {ARRAYS[a]});")
            else:
                w.lines.append(f"float {local} = {ARRAYS[a]};")
        else:
            declared.append(f"float[] {ARRAYS[a]}, int {ARRAYS[a]}Off")
            if a in read:
                w.load(local, ARRAYS[a])
        arrays.append(a)
        arguments.append(Value(local, "v"))
    out = "dx" if "dy" in arrays else "dst"
    tail = "".join(f", float {s}" for s in scalars)
    if ok:
        (mask,) = w.call(ok, arguments)
        plain = ", ".join((ARRAYS[a] if a == one else f"{ARRAYS[a]}, {ARRAYS[a]}Off + i") for a in arrays)
        if simd:
            w.lines.append(f"if (!{mask.text}.allTrue()) {{ tails.{TAILS[suffix(name)] + one.upper()}({constant(name)}, {plain}, {out}, {out}Off + i, L); continue; }}")
            tail += ", ArithmeticKernels tails"
        else:
            values = ", ".join(v.text for v in arguments)
            w.lines.append(f"if (!({mask.text})) {{ {out}[{out}Off + i] = ScalarCare.{java_name(name)}({values}); continue; }}")
    (result,) = w.call(f, arguments)
    w.store(result)
    w.lines = [line.replace("dst, dstOff", f"{out}, {out}Off").replace("dst[dstOff", f"{out}[{out}Off") for line in w.lines]
    head = ", ".join(declared + [f"float[] {out}, int {out}Off"])
    step = "i += L" if simd else "i++"
    body = "\n".join("      " + line for line in w.lines)
    text = f"  void {java_name(name) + one.upper()}({head}, int n{tail}) {{\n    for (int i = 0; i < n; {step}) {{\n{body}\n    }}\n  }}\n"
    return text, w.used


def loops(names):
    """Every loop over these functions: forward, with one number for an operand, and the slopes."""
    for n in names:
        if n not in TABLE["ELSEWHERE"]:
            yield n, ""
            if any(n in f for f in TABLE["BINARY_FILES"].values()):
                yield n, "a"
                yield n, "b"
        for s in SLOPES:
            if n + s in FUNCTIONS:
                yield n + s, ""


def write(title, names, kind):
    simd = kind is Vectors
    names = [n for n in names if not (simd and n in SCALAR_ONLY)]
    parts, used = zip(*(method(n, kind, one) for n, one in loops(names)))
    text = "\n".join(parts)
    used = set().union(*used)
    imports = sorted(f"import static io.lanewise.kernels.micro.{OWNER[u]}.{u};" for u in used)
    name = kind.prefix + title
    listed = ", ".join(n.replace("_", " ") for n in names)
    if simd:
        classes = ["FloatVector"] + [c for c in ("VectorMask", "VectorOperators") if re.search(rf"\b{c}\b", text)] + ["VectorSpecies"]
        imports += [""] + [f"import io.lanewise.kernels.micro.{c};" for c in ("ArithmeticKernels", "BinaryCurve", "UnaryCurve") if re.search(rf"\b{c}\b", text)]
        imports += [f"import jdk.incubator.vector.{c};" for c in classes]
        doc = f"Loops over whole vectors ({{@code n}} is a multiple of the lanes): {listed}, and their slopes; a method that ends in A or B has one number for that operand."
        fields = f"  private static final VectorSpecies<Float> V = SimdKernels.V;\n  private static final int L = V.length();\n\n  private {name}() {{}}\n"
        text = text.replace("  void ", "  static void ")
    else:
        doc = f"Loops over elements, each step as the class of vectors takes it: {listed}, and their slopes."
        fields = f"  private final ScalarMath math;\n\n  {name}(ScalarMath math) {{\n    this.math = math;\n  }}\n"
        if "math." not in text:
            fields = f"  private {name}() {{}}\n"
            text = text.replace("  void ", "  static void ")
    out = f"package io.lanewise.kernels.{kind.package};\n\n" + "\n".join(imports) + f"\n\n/** {doc} Written by tools/kernel-templates/write_arithmetic.py. */\nfinal class {name} {{\n{fields}\n{text}}}\n"
    (BASE / kind.package / f"{name}.java").write_text(out)


UNARY, BINARY = TABLE["UNARY_FILES"], TABLE["BINARY_FILES"]
# Of each method of ArithmeticKernels: its files, which functions, which operand is one number, what it is given.
DISPATCH = [
    ("unary", "UnaryCurve", UNARY, "", "", ["src", "dst"]),
    ("unarySlope", "UnaryCurve", UNARY, "_slope", "", ["src", "dy", "dx"]),
    ("binary", "BinaryCurve", BINARY, "", "", ["left", "right", "dst"]),
    ("binaryA", "BinaryCurve", BINARY, "", "a", ["left", "right", "dst"]),
    ("binaryB", "BinaryCurve", BINARY, "", "b", ["left", "right", "dst"]),
    ("slopeA", "BinaryCurve", BINARY, "_slope_a", "", ["left", "right", "dy", "dx"]),
    ("slopeB", "BinaryCurve", BINARY, "_slope_b", "", ["left", "right", "dy", "dx"]),
]


def given(arrays, one, rest=""):
    return ", ".join(a if ARRAYS.get(one) == a else f"{a}, {a}Off{rest}" for a in arrays)


def dispatch(kind):
    """All the loops behind ArithmeticKernels."""
    simd = kind is Vectors
    titles = list(UNARY) + list(BINARY) + sorted(set(TABLE["ELSEWHERE"].values()))
    objects = [] if simd else [t for t in titles if "final ScalarMath math" in (BASE / "scalar" / f"Scalar{t}.java").read_text()]

    def owner(title):
        return title[0].lower() + title[1:] if title in objects else kind.prefix + title

    name = f"{kind.prefix}Arithmetic"
    parts = []
    for title, enum, files, slope, one, arrays in DISPATCH:
        declared = ", ".join(f"float {a}" if ARRAYS.get(one) == a else f"float[] {a}, int {a}Off" for a in arrays)
        numbers = ", float p, float q" if enum == "UnaryCurve" else ""
        cases, none = [], []
        for t, names in files.items():
            for n in names:
                f = n + slope
                if f not in FUNCTIONS:
                    none.append(n.upper())
                    continue
                if simd and n in SCALAR_ONLY:
                    cases.append(f"case {n.upper()} -> tails.{title}(f, {given(arrays, one)}, whole);")
                    continue
                home = TABLE["ELSEWHERE"].get(f, t)
                values = "".join(f", {a.arg}" for a in FUNCTIONS[f].args.args if a.arg in PARAMETERS)
                tails = ", tails" if simd and f + "_ok" in FUNCTIONS else ""
                cases.append(f"case {n.upper()} -> {owner(home)}.{java_name(f) + one.upper()}({given(arrays, one)}, {'whole' if simd else 'n'}{values}{tails});")
        if none:
            cases.append(f"case {', '.join(none)} -> throw new UnsupportedOperationException(f + \" has no kernel for this slope\");")
        body = "switch (f) { " + " ".join(cases) + " }"
        if simd:
            extra = ", p, q" if numbers else ""
            body = f"int whole = V.loopBound(n); {body} tails.{title}(f{extra}, {given(arrays, one, ' + whole')}, n - whole);"
        parts.append(f"  @Override\n  public void {title}({enum} f{numbers}, {declared}, int n) {{ {body} }}\n")
    imports = ["io.lanewise.kernels.micro.ArithmeticKernels", "io.lanewise.kernels.micro.BinaryCurve", "io.lanewise.kernels.micro.UnaryCurve"]
    if simd:
        imports += ["jdk.incubator.vector.VectorSpecies"]
        doc = "Whole vectors up to the loop bound, then the scalar kernel, which gives the same bits."
        fields = f"  private static final VectorSpecies<Float> V = SimdKernels.V;\n\n  private final ArithmeticKernels tails;\n  private final VectorFolds folds;\n\n  {name}(ArithmeticKernels tails) {{ this.tails = tails; this.folds = new VectorFolds(tails); }}\n"
    else:
        doc = "One element after the other."
        fields = "".join(f"  private final Scalar{t} {owner(t)};\n" for t in objects)
        fields += f"  private final ScalarFolds folds;\n\n  {name}(boolean fma) {{ ScalarMath math = new ScalarMath(fma); " + " ".join(f"this.{owner(t)} = new Scalar{t}(math);" for t in objects) + " this.folds = new ScalarFolds(math); }\n"
    arrays = ["mask", "left", "right", "dst"]
    declared = ", ".join(f"float[] {a}, int {a}Off" for a in arrays)
    select = f"int whole = V.loopBound(n); VectorFolds.select({given(arrays, '')}, whole); tails.select({given(arrays, '', ' + whole')}, n - whole);"
    parts.append(f"  @Override\n  public void select({declared}, int n) {{ {select if simd else f'ScalarFolds.select({given(arrays, str())}, n);'} }}\n")
    parts.append("  @Override\n  public void foldRows(Fold f, float[] src, int srcOff, int rows, int ld, float[] dst, int dstOff, int n) { folds.foldRows(f, src, srcOff, rows, ld, dst, dstOff, n); }\n")
    imports.insert(2, "io.lanewise.kernels.micro.Fold")
    text = f"package io.lanewise.kernels.{kind.package};\n\n" + "\n".join(f"import {i};" for i in imports)
    text += f"\n\n/** {doc} Written by tools/kernel-templates/write_arithmetic.py. */\nfinal class {name} implements ArithmeticKernels {{\n{fields}\n" + "\n".join(parts) + "}\n"
    (BASE / kind.package / f"{name}.java").write_text(text)


if __name__ == "__main__":
    subprocess.run([sys.executable, curves.HERE / "write_curves.py"], check=True)  # dispatch reads what it writes
    for kind in (Scalars, Vectors):
        for title, names in (UNARY | BINARY).items():
            write(title, names, kind)
        dispatch(kind)
