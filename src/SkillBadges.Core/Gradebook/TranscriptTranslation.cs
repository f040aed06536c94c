using SkillBadges.Core.Definitions;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Gradebook;

/// <summary>Reads what a transcript needs in order to be read in another language.</summary>
public static class TranscriptTranslation
{
    /// <summary>The transcript as <see cref="Transcript.In(string, IReadOnlyDictionary{BadgeVersionId, BadgeDefinition})"/> has it, in the words of the badges' authors.</summary>
    public static async Task<Transcript> TranslatedAsync(this IDocumentStore store, Transcript transcript, string language, CancellationToken cancellationToken) =>
        transcript.In(language, await store.VersionsAsync(transcript.Parts.SelectMany(part => part.Badges).Select(badge => badge.Badge).Distinct(), cancellationToken));
}
