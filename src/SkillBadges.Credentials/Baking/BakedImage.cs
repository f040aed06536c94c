namespace SkillBadges.Credentials.Baking;

/// <summary>The kind of image that some bytes seem to be, by their first bytes.</summary>
public enum ImageKind
{
    Unknown,

    Png,

    Svg,
}

/// <summary>The door for images: finds out what they are and reads the one credential they hold. No pixel is decoded and nothing is fetched.</summary>
public static class BakedImage
{
    /// <summary>Bytes; a larger image is refused.</summary>
    public const int MaximumSize = 16 * 1024 * 1024;

    public static ImageKind KindOf(ReadOnlySpan<byte> image)
    {
        if (image.StartsWith(PngChunks.Signature))
        {
            return ImageKind.Png;
        }

        var text = image.StartsWith("\uFEFF"u8) ? image[3..] : image;
        return text.TrimStart(" \t\r\n"u8).StartsWith("<"u8) ? ImageKind.Svg : ImageKind.Unknown;
    }

    /// <summary>The one credential of a PNG or SVG image.</summary>
    /// <exception cref="MalformedException">
    /// <c>image.unknown</c>, <c>image.too-large</c>, a <c>png.*</c> or <c>svg.*</c> code, or <c>baked.none</c>, <c>baked.several</c>,
    /// <c>baked.compressed</c>, <c>baked.legacy</c>, <c>baked.misplaced</c>, <c>baked.ambiguous</c>, <c>baked.text</c>.
    /// </exception>
    public static BakedCredential Read(ReadOnlyMemory<byte> image) => KindOf(image.Span) switch
    {
        ImageKind.Png => PngBaking.Read(image.Span),
        ImageKind.Svg => SvgBaking.Read(image),
        _ => throw new MalformedException("image.unknown", "The file is neither a PNG nor an SVG image."),
    };

    /// <summary>Why a credential could not be baked into the image, in words; null when it could. What takes pictures in asks here, so that it takes none in vain.</summary>
    public static string? Objection(ReadOnlyMemory<byte> image)
    {
        const string StandIn = "{}";
        try
        {
            var baked = KindOf(image.Span) switch
            {
                ImageKind.Png => PngBaking.Bake(image.Span, StandIn, BakedKind.OpenBadge),
                ImageKind.Svg => SvgBaking.Bake(image, StandIn, BakedKind.OpenBadge),
                _ => throw new MalformedException("image.unknown", "The file is neither a PNG nor an SVG image."),
            };
            return Read(baked).Text == StandIn ? null : "The image does not give back what is baked into it.";
        }
        catch (MalformedException fault)
        {
            return fault.Message;
        }
    }

    internal static void RequireSize(int bytes)
    {
        if (bytes > MaximumSize)
        {
            throw new MalformedException("image.too-large", "The image has more bytes than are read here.");
        }
    }

    /// <summary>Settles how many marks were found; more than one could be read differently by another reader.</summary>
    internal static BakedCredential Only(IReadOnlyList<BakedCredential> found, int legacy) => (found.Count, legacy) switch
    {
        (1, 0) => found[0],
        (0, 0) => throw new MalformedException("baked.none", "The image holds no credential."),
        (0, _) => throw new MalformedException("baked.legacy", "The image holds a badge of an older standard, which is not looked up."),
        _ => throw new MalformedException("baked.several", "The image holds more than one credential."),
    };
}
