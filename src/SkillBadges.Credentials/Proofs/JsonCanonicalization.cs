using System.Buffers;
using System.Globalization;
using SkillBadges.Credentials.Json;

namespace SkillBadges.Credentials.Proofs;

/// <summary>RFC 8785 (June 2020), the JSON Canonicalization Scheme: UTF-8 bytes in, the one canonical spelling out.</summary>
public static class JsonCanonicalization
{
    private static readonly SearchValues<byte> escapedBytes = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(value => (byte)value), (byte)'"', (byte)'\\']);

    /// <exception cref="MalformedException"><c>json.malformed</c>: not one strict JSON value; <c>json.too-deep</c>: more than 64 levels;
    /// <c>json.not-utf8</c>; <c>json.not-unicode</c>: half a surrogate pair; <c>json.duplicate-member</c>: an object names a member twice; <c>json.number-out-of-range</c>: a number no double holds.</exception>
    public static byte[] Canonicalize(ReadOnlySpan<byte> json)
    {
        var output = new PooledBytes(json.Length);
        try
        {
            Write(json, ref output);
            return output.Written.ToArray();
        }
        finally
        {
            output.Dispose();
        }
    }

    /// <inheritdoc cref="Canonicalize(ReadOnlySpan{byte})"/>
    public static void Write(ReadOnlySpan<byte> json, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var bytes = new PooledBytes(json.Length);
        try
        {
            Write(json, ref bytes);
            output.Write(bytes.Written);
        }
        finally
        {
            bytes.Dispose();
        }
    }

    internal static void Write(ReadOnlySpan<byte> json, scoped ref PooledBytes output)
    {
        var tape = TokenTape.Take();
        tape.Read(json, TokenTape.MaxDepth, int.MaxValue);
        WriteValue(tape, 0, ref output);
        tape.GiveBack();
    }

    /// <summary>A value that has been read.</summary>
    /// <inheritdoc cref="Canonicalize(ReadOnlySpan{byte})"/>
    internal static byte[] Canonicalize(TokenTape tape, int value)
    {
        var output = new PooledBytes(tape.SourceEnd(value) - tape.SourceStart(value));
        try
        {
            WriteValue(tape, value, ref output);
            return output.Written.ToArray();
        }
        finally
        {
            output.Dispose();
        }
    }

    /// <param name="leftOut">The name token of a member of the object that is left out; -1 for none.</param>
    internal static void WriteWithout(int leftOut, TokenTape tape, int value, scoped ref PooledBytes output)
    {
        if (tape.Is(value, TokenKind.Object))
        {
            WriteObject(tape, value, leftOut, ref output);
        }
        else
        {
            WriteValue(tape, value, ref output);
        }
    }

    private static void WriteValue(TokenTape tape, int index, scoped ref PooledBytes output)
    {
        switch (tape.Kind(index))
        {
            case TokenKind.Object:
                WriteObject(tape, index, -1, ref output);
                break;
            case TokenKind.Array:
                output.Add((byte)'[');
                for (var (item, end) = (index + 1, tape.Next(index)); item < end; item = tape.Next(item))
                {
                    if (item > index + 1)
                    {
                        output.Add((byte)',');
                    }

                    WriteValue(tape, item, ref output);
                }

                output.Add((byte)']');
                break;
            case TokenKind.String:
                WriteString(tape, index, ref output);
                break;
            case TokenKind.Number:
                WriteNumber(tape.Text(index), ref output);
                break;
            default:
                output.Add(tape.Text(index));
                break;
        }
    }

    private static void WriteObject(TokenTape tape, int index, int leftOut, scoped ref PooledBytes output)
    {
        var members = tape[index].Length - (leftOut >= 0 ? 1 : 0);
        var rented = members > 32 ? ArrayPool<int>.Shared.Rent(members) : null;
        var names = (rented ?? stackalloc int[32])[..members];
        for (var (name, member) = (index + 1, 0); member < members; name = tape.Next(name + 1))
        {
            if (name != leftOut)
            {
                names[member++] = name;
            }
        }

        Sort(tape, names);
        output.Add((byte)'{');
        for (var member = 0; member < members; member++)
        {
            if (member > 0)
            {
                output.Add((byte)',');
            }

            WriteString(tape, names[member], ref output);
            output.Add((byte)':');
            WriteValue(tape, names[member] + 1, ref output);
        }

        output.Add((byte)'}');
        if (rented is not null)
        {
            ArrayPool<int>.Shared.Return(rented);
        }
    }

    /// <summary>Heap sort, so that ten thousand hostile names cost no more than an honest ten thousand; insertion for the usual few.</summary>
    private static void Sort(TokenTape tape, scoped Span<int> names)
    {
        if (names.Length <= 16)
        {
            for (var next = 1; next < names.Length; next++)
            {
                var name = names[next];
                var place = next;
                for (; place > 0 && Compare(tape.Text(names[place - 1]), tape.Text(name)) > 0; place--)
                {
                    names[place] = names[place - 1];
                }

                names[place] = name;
            }

            return;
        }

        for (var root = names.Length / 2 - 1; root >= 0; root--)
        {
            SiftDown(tape, names, root);
        }

        for (var end = names.Length - 1; end > 0; end--)
        {
            (names[0], names[end]) = (names[end], names[0]);
            SiftDown(tape, names[..end], 0);
        }
    }

    private static void SiftDown(TokenTape tape, scoped Span<int> heap, int root)
    {
        for (var child = 2 * root + 1; child < heap.Length; child = 2 * root + 1)
        {
            if (child + 1 < heap.Length && Compare(tape.Text(heap[child]), tape.Text(heap[child + 1])) < 0)
            {
                child++;
            }

            if (Compare(tape.Text(heap[root]), tape.Text(heap[child])) >= 0)
            {
                return;
            }

            (heap[root], heap[child]) = (heap[child], heap[root]);
            root = child;
        }
    }

    /// <summary>
    /// RFC 8785 3.2.3 orders names by UTF-16 code units. UTF-8 has the same order, but that a surrogate pair (lead byte F0
    /// and up) comes before U+E000 to U+FFFF (lead bytes EE and EF).
    /// </summary>
    internal static int Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var same = left.CommonPrefixLength(right);
        if (same == left.Length || same == right.Length)
        {
            return left.Length - right.Length;
        }

        var (l, r) = (left[same], right[same]);
        return l >= 0xEE && r >= 0xEE && (l >= 0xF0) != (r >= 0xF0) ? r - l : l - r;
    }

    private static void WriteString(TokenTape tape, int index, scoped ref PooledBytes output)
    {
        output.Add((byte)'"');
        var text = tape.Text(index);
        if (!tape.IsEscaped(index))
        {
            // What the grammar lets stand without an escape is what the canonical form has without one.
            output.Add(text);
            output.Add((byte)'"');
            return;
        }

        for (var stop = text.IndexOfAny(escapedBytes); stop >= 0; stop = text.IndexOfAny(escapedBytes))
        {
            output.Add(text[..stop]);
            WriteEscape(text[stop], ref output);
            text = text[(stop + 1)..];
        }

        output.Add(text);
        output.Add((byte)'"');
    }

    private static void WriteEscape(byte value, scoped ref PooledBytes output)
    {
        output.Add((byte)'\\');
        switch (value)
        {
            case (byte)'"' or (byte)'\\':
                output.Add(value);
                break;
            case 0x08:
                output.Add((byte)'b');
                break;
            case 0x09:
                output.Add((byte)'t');
                break;
            case 0x0A:
                output.Add((byte)'n');
                break;
            case 0x0C:
                output.Add((byte)'f');
                break;
            case 0x0D:
                output.Add((byte)'r');
                break;
            default:
                output.Add("u00"u8);
                output.Add(value < 0x10 ? (byte)'0' : (byte)'1');
                output.Add("0123456789abcdef"u8[value & 0xF]);
                break;
        }
    }

    private static void WriteNumber(ReadOnlySpan<byte> text, scoped ref PooledBytes output)
    {
        if (text.Length < 16 && text.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0)
        {
            // A whole number below 10^15 without a sign is its own spelling.
            output.Add(text);
            return;
        }

        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value))
        {
            throw new MalformedException("json.number-out-of-range", "A number is too large for a double.");
        }

        Span<byte> spelling = stackalloc byte[EcmaScriptNumber.MaxLength];
        output.Add(spelling[..EcmaScriptNumber.Format(value, spelling)]);
    }
}
