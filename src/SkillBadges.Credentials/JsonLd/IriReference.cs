using System.Buffers;

namespace SkillBadges.Credentials.JsonLd;

/// <summary>References and their resolution by RFC 3986 (January 2005) section 5.2, on UTF-8 bytes; nothing is normalized but dot segments.</summary>
internal readonly ref struct IriReference
{
    private static readonly SearchValues<byte> SchemeCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-."u8);

    // A number sign begins a fragment, and there is one fragment at most.
    private static readonly SearchValues<byte> ForbiddenOrHash = SearchValues.Create(
        [.. Enumerable.Range(0, 33).Select(value => (byte)value), .. "<>\"{}|^`\\#"u8]);

    /// <summary>Bytes of an IRI that is put together: prefixes must not make much of little.</summary>
    public const int LengthLimit = 8 * 1024;

    private readonly ReadOnlySpan<byte> scheme;
    private readonly ReadOnlySpan<byte> authority;
    private readonly ReadOnlySpan<byte> path;
    private readonly ReadOnlySpan<byte> query;
    private readonly ReadOnlySpan<byte> fragment;

    // Each of these is kept with its delimiter ("http:", "//host", "?query", "#fragment"), so that empty and absent differ.
    private IriReference(ReadOnlySpan<byte> text)
    {
        var schemeLength = SchemeLength(text);
        scheme = text[..schemeLength];
        text = text[schemeLength..];
        var hash = text.IndexOf((byte)'#');
        if (hash >= 0)
        {
            fragment = text[hash..];
            text = text[..hash];
        }

        var mark = text.IndexOf((byte)'?');
        if (mark >= 0)
        {
            query = text[mark..];
            text = text[..mark];
        }

        if (text.StartsWith("//"u8))
        {
            var slash = text[2..].IndexOf((byte)'/');
            authority = slash < 0 ? text : text[..(slash + 2)];
            text = text[authority.Length..];
        }

        path = text;
    }

    /// <summary>Begins with a scheme and holds no white space: what JSON-LD calls having the form of an IRI.</summary>
    public static bool HasForm(ReadOnlySpan<byte> text) =>
        SchemeLength(text) > 0 && !text.ContainsAnyInRange((byte)0, (byte)0x20);

    /// <summary>Absolute, and without characters that an IRI must not hold (RFC 3987, January 2005).</summary>
    public static bool IsWellFormed(ReadOnlySpan<byte> text) =>
        (HasUsualScheme(text) || SchemeLength(text) > 0) && HasAllowedCharacters(text);

    private static bool HasAllowedCharacters(ReadOnlySpan<byte> text)
    {
        var stop = text.IndexOfAny(ForbiddenOrHash);
        return stop < 0 || (text[stop] == '#' && !text[(stop + 1)..].ContainsAny(ForbiddenOrHash));
    }

    private static bool HasUsualScheme(ReadOnlySpan<byte> text) =>
        text.StartsWith("https:"u8) || text.StartsWith("http:"u8) || text.StartsWith("urn:"u8) || text.StartsWith("did:"u8);

    /// <summary>RFC 3986 5.2.2, strict. A base without a scheme is resolved against all the same.</summary>
    public static byte[] Resolve(ReadOnlySpan<byte> baseIri, ReadOnlySpan<byte> reference)
    {
        RequireLength(baseIri.Length + reference.Length);
        var start = new IriReference(baseIri);
        var target = new IriReference(reference);
        var output = new ArrayBufferWriter<byte>(baseIri.Length + reference.Length + 8);
        if (!target.scheme.IsEmpty)
        {
            output.Write(target.scheme);
            output.Write(target.authority);
            WritePath(target.path, output);
            output.Write(target.query);
        }
        else
        {
            output.Write(start.scheme);
            if (!target.authority.IsEmpty)
            {
                output.Write(target.authority);
                WritePath(target.path, output);
                output.Write(target.query);
            }
            else
            {
                output.Write(start.authority);
                if (target.path.IsEmpty)
                {
                    output.Write(start.path);
                    output.Write(target.query.IsEmpty ? start.query : target.query);
                }
                else
                {
                    WritePath(target.path[0] == '/' ? target.path : Merge(start, target.path), output);
                    output.Write(target.query);
                }
            }
        }

        output.Write(target.fragment);
        return output.WrittenSpan.ToArray();
    }

    /// <exception cref="JsonLdException"><c>document too large</c>.</exception>
    public static void RequireLength(int length)
    {
        if (length > LengthLimit)
        {
            throw new JsonLdException(JsonLdError.TooLarge, $"An IRI would have more than {LengthLimit} bytes.");
        }
    }

    // RFC 3986 5.2.3.
    private static byte[] Merge(IriReference start, ReadOnlySpan<byte> path)
    {
        if (!start.authority.IsEmpty && start.path.IsEmpty)
        {
            return [(byte)'/', .. path];
        }

        var slash = start.path.LastIndexOf((byte)'/');
        return [.. start.path[..(slash + 1)], .. path];
    }

    // RFC 3986 5.2.4.
    private static void WritePath(ReadOnlySpan<byte> input, ArrayBufferWriter<byte> output)
    {
        var result = new byte[input.Length];
        var length = 0;
        while (!input.IsEmpty)
        {
            if (input.StartsWith("../"u8))
            {
                input = input[3..];
            }
            else if (input.StartsWith("./"u8) || input.StartsWith("/./"u8))
            {
                input = input[2..];
            }
            else if (input.SequenceEqual("/."u8))
            {
                input = "/"u8;
            }
            else if (input.StartsWith("/../"u8) || input.SequenceEqual("/.."u8))
            {
                input = input.Length == 3 ? "/"u8 : input[3..];
                length = Math.Max(0, result.AsSpan(0, length).LastIndexOf((byte)'/'));
            }
            else if (input.SequenceEqual("."u8) || input.SequenceEqual(".."u8))
            {
                input = default;
            }
            else
            {
                var next = input[1..].IndexOf((byte)'/');
                var segment = next < 0 ? input : input[..(next + 1)];
                segment.CopyTo(result.AsSpan(length));
                length += segment.Length;
                input = input[segment.Length..];
            }
        }

        output.Write(result.AsSpan(0, length));
    }

    private static int SchemeLength(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || !char.IsAsciiLetter((char)text[0]))
        {
            return 0;
        }

        var colon = text.IndexOfAnyExcept(SchemeCharacters);
        return colon > 0 && text[colon] == ':' ? colon + 1 : 0;
    }
}
