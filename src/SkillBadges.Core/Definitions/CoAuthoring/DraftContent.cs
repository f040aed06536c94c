using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using SkillBadges.Core.Definitions.Files;
using SkillBadges.Core.Mastery;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Definitions.CoAuthoring;

/// <summary>The pictures of a badge in the file store; both null where there are none yet.</summary>
public sealed record DraftPictures(Sha256Digest? Png, Sha256Digest? Svg);

/// <summary>What content names that lies outside of it, by its short names.</summary>
/// <param name="Profiles">Null leaves open whether the attributes exist.</param>
public sealed record DraftSurroundings(IReadOnlyDictionary<string, MasteryScale> Scales, IReadOnlyDictionary<string, GraduateProfile>? Profiles)
{
    public static async Task<DraftSurroundings> CurrentAsync(IDocumentStore store, CancellationToken cancellationToken) =>
        new(await store.CurrentScalesAsync(cancellationToken), await store.CurrentProfilesAsync(cancellationToken));
}

/// <summary>
/// What a revision or a proposal holds: a badge in the badge file format, complete or not yet. What is missing or wrong is listed, not refused.
/// </summary>
/// <param name="Text">As it was written, in the badge file format.</param>
/// <param name="Badge">As far as it could be read; never published while there are faults.</param>
public sealed record DraftContent(string Text, BadgeDefinition Badge, ImmutableArray<ContentFault> Faults)
{
    /// <summary>Complete, by the same rules as every published badge.</summary>
    [JsonIgnore]
    public bool IsComplete => Faults.IsEmpty;

    /// <summary>What a sign-off is given for; also of what is incomplete, to tell it from others.</summary>
    [JsonIgnore]
    public Sha256Digest Hash => Badge.ContentHash;

    /// <param name="slug">Of the badge; the content must name the same.</param>
    /// <param name="text">In the badge file format.</param>
    /// <param name="before">What was changed; its translations say for which words they were written. Null for content that is new.</param>
    /// <exception cref="RefusedException"><c>definition.not-readable</c>: no badge at all can be seen in it.</exception>
    public static DraftContent Read(string slug, string text, DraftPictures pictures, DraftSurroundings around, BadgeDefinition? before = null)
    {
        RequireEditable(text);
        var content = AsWritten(slug, text, pictures, around);
        var marked = TranslationMarking.Into(text, content.Badge, before);
        return ReferenceEquals(marked, text) ? content : AsWritten(slug, marked, pictures, around);
    }

    // Content is changed part by part later on, so each member is there once and each text is made of whole characters.
    private static void RequireEditable(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        try
        {
            using var document = JsonDocument.Parse(bytes, new() { AllowDuplicateProperties = false, MaxDepth = FileTree.DefinitionDepth });
            var reader = new Utf8JsonReader(bytes);
            while (reader.Read())
            {
                _ = reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.String ? reader.GetString() : null;
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw Refused.Invalid("definition.not-readable", $"This is no badge in the badge file format: {e.Message}");
        }
    }

    private static DraftContent AsWritten(string slug, string text, DraftPictures pictures, DraftSurroundings around)
    {
        var reading = DefinitionFile.ReadDraft(slug, Encoding.UTF8.GetBytes(text), around.Scales, around.Profiles);
        if (reading.Draft is not { } read)
        {
            var first = reading.Faults.FirstOrDefault();
            throw Refused.Invalid("definition.not-readable", $"This is no badge in the badge file format: {first?.Message}");
        }

        var badge = read with { Slug = slug, Image = read.Image with { Png = pictures.Png, Svg = pictures.Svg } };
        return new(text, badge with { ContentHash = DefinitionHash.Of(badge) }, [.. reading.Faults.Select(fault => new ContentFault(fault.Code, fault.Path, fault.Message))]);
    }
}
