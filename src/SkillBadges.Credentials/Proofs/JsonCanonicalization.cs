using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using SkillBadges.Credentials.Json;

namespace SkillBadges.Credentials.Proofs;

/// <summary>RFC 8785 (June 2020), the JSON Canonicalization Scheme: UTF-8 bytes in, the one canonical spelling out.</summary>
public static class JsonCanonicalization
{
    /// <summary>Up to so many members are sorted by insertion, without a rented array.</summary>
    private const int Few = 16;

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
            case var _ when tape[index].IsVerbatim:
                output.Add(tape.SourceText(index));
                break;
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
            default:
                WriteNumber(tape.Text(index), ref output);
                break;
        }
    }

    private static void WriteObject(TokenTape tape, int index, int leftOut, scoped ref PooledBytes output)
    {
        var count = tape[index].Length - (leftOut >= 0 ? 1 : 0);
        var rented = count > Few ? ArrayPool<Member>.Shared.Rent(count) : null;
        var members = (rented ?? stackalloc Member[Few])[..count];
        for (var (name, member) = (index + 1, 0); member < count; name = tape.Next(name + 1))
        {
            if (name != leftOut)
            {
                members[member++] = new Member(tape.Lead(name), name, tape.VerbatimLength(name));
            }
        }

        Sort(tape, members);
        var mark = (byte)'{';
        foreach (var member in members)
        {
            output.Add(mark);
            mark = (byte)',';
            if (member.Verbatim > 0)
            {
                output.Add(tape.Source(member.Name, member.Verbatim));
                continue;
            }

            WriteString(tape, member.Name, ref output);
            output.Add((byte)':');
            WriteValue(tape, member.Name + 1, ref output);
        }

        output.Add(count == 0 ? "{}"u8 : "}"u8);
        if (rented is not null)
        {
            ArrayPool<Member>.Shared.Return(rented);
        }
    }

    /// <summary>Heap sort, so that ten thousand hostile names cost no more than an honest ten thousand; insertion for the usual few.</summary>
    private static void Sort(TokenTape tape, scoped Span<Member> members)
    {
        if (members.Length <= Few)
        {
            for (var next = 1; next < members.Length; next++)
            {
                var member = members[next];
                var place = next;
                for (; place > 0 && IsBefore(tape, member, members[place - 1]); place--)
                {
                    members[place] = members[place - 1];
                }

                members[place] = member;
            }

            return;
        }

        for (var root = members.Length / 2 - 1; root >= 0; root--)
        {
            SiftDown(tape, members, root);
        }

        for (var end = members.Length - 1; end > 0; end--)
        {
            (members[0], members[end]) = (members[end], members[0]);
            SiftDown(tape, members[..end], 0);
        }
    }

    private static void SiftDown(TokenTape tape, scoped Span<Member> heap, int root)
    {
        for (var child = 2 * root + 1; child < heap.Length; child = 2 * root + 1)
        {
            if (child + 1 < heap.Length && IsBefore(tape, heap[child], heap[child + 1]))
            {
                child++;
            }

            if (!IsBefore(tape, heap[root], heap[child]))
            {
                return;
            }

            (heap[root], heap[child]) = (heap[child], heap[root]);
            root = child;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsBefore(TokenTape tape, in Member left, in Member right) =>
        left.Lead < right.Lead || (left.Lead == right.Lead && Compare(tape.Text(left.Name), tape.Text(right.Name)) < 0);

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
        if (tape[index].IsVerbatim)
        {
            output.Add(tape.SourceText(index));
            return;
        }

        output.Add((byte)'"');
        var text = tape.Text(index);
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

    /// <summary>A member of an object to be sorted.</summary>
    /// <param name="Lead">How its name begins, by <see cref="TokenTape.Lead"/>.</param>
    /// <param name="Name">The token of its name.</param>
    /// <param name="Verbatim">Bytes of the member if its text is canonical as it was read, by <see cref="TokenTape.VerbatimLength"/>; else 0.</param>
    private readonly record struct Member(ulong Lead, int Name, int Verbatim);
}
