namespace SkillBadges.Credentials.Baking;

/// <summary>Which standard's marks an image carries: its PNG keyword and SVG namespace.</summary>
public enum BakedKind
{
    OpenBadge,

    LearnerRecord,
}

/// <summary>What an image holds: a credential as JSON, or as a JWS in compact form. Nothing of it is verified yet.</summary>
public sealed record BakedCredential(BakedKind Kind, string Text)
{
    /// <summary>UTF-16 units of text; a longer one is refused.</summary>
    public const int MaximumLength = 4 * 1024 * 1024;

    public bool IsJson => Text.StartsWith('{');

    /// <exception cref="MalformedException"><c>baked.text</c>: empty, too long, or neither of the two forms.</exception>
    internal static BakedCredential Of(BakedKind kind, string text)
    {
        // White space around JSON is layout of the image, not part of the credential.
        var trimmed = text.Trim(' ', '\t', '\r', '\n');
        var json = trimmed.StartsWith('{') && trimmed.EndsWith('}');
        return trimmed.Length <= MaximumLength && OpenBadges.JsonMembers.IsWhole(trimmed) && (json || OpenBadges.ValueForms.IsCompactJws(trimmed))
            ? new BakedCredential(kind, trimmed)
            : throw new MalformedException("baked.text", "The image's credential is neither a JSON object nor a JWS in compact form.");
    }
}
