using System.Text.Json.Nodes;

namespace SkillBadges.Core.Definitions.CoAuthoring;

/// <summary>
/// Writes into changed content which words each translation was written for. What was translated anew is for the words as they are now; what was left as it was is for the words that it
/// was for; and whoever looked a translation through says so by marking it themselves.
/// </summary>
internal static class TranslationMarking
{
    private const string Member = "writtenFor";

    /// <param name="text">Changed content in the badge file format, of which a badge could be read.</param>
    /// <param name="after">That badge.</param>
    /// <param name="before">The badge that was changed; null for content that is new.</param>
    /// <returns>The same text where nothing is to be marked.</returns>
    public static string Into(string text, BadgeDefinition after, BadgeDefinition? before)
    {
        if (after.Translations.IsEmpty || JsonNode.Parse(text) is not JsonObject root || root["translations"] is not JsonArray translations)
        {
            return text;
        }

        var isMarked = false;
        foreach (var (node, words) in translations.Zip(after.Translations))
        {
            var known = before?.Translations.FirstOrDefault(one => one.Language == words.Language);
            var mark = Marked(words.WrittenFor, known?.WrittenFor, known is not null && Same(after, Bare(known), Bare(words)), TranslationMark.Of(after, words), known is null ? null : TranslationMark.Of(before!, known));
            isMarked |= Put(node, words.WrittenFor, mark);
            if ((node as JsonObject)?["competencies"] is JsonArray skills)
            {
                foreach (var (skillNode, skillWords) in skills.Zip(words.Competencies))
                {
                    isMarked |= Put(skillNode, skillWords.WrittenFor, Of(after, skillWords, before, known?.Competencies.FirstOrDefault(one => one.Id == skillWords.Id)));
                }
            }
        }

        return isMarked ? ContentText.Of(root) : text;
    }

    /// <summary>The content with every translation marked as one of the words as they are: somebody looked them through.</summary>
    public static string LookedThrough(string text, BadgeDefinition badge)
    {
        var root = JsonNode.Parse(text)!;
        foreach (var stale in TranslationMark.Stale(badge))
        {
            foreach (var (node, words) in (root["translations"] as JsonArray ?? []).Zip(badge.Translations).Where(pair => pair.Second.Language == stale.Language))
            {
                var at = stale.Competency is null ? node : (node?["competencies"] as JsonArray ?? []).Zip(words.Competencies).FirstOrDefault(pair => pair.Second.Id == stale.Competency).First;
                Put(at, null, stale.Mark);
            }
        }

        return ContentText.Of(root);
    }

    private static string? Of(BadgeDefinition after, TranslatedCompetency words, BadgeDefinition? before, TranslatedCompetency? known)
    {
        if (after.Competencies.FirstOrDefault(skill => skill.Id == words.Id) is not { } skill)
        {
            return words.WrittenFor;
        }

        var earlier = known is null ? null : before!.Competencies.FirstOrDefault(one => one.Id == words.Id);
        return Marked(
            words.WrittenFor,
            known?.WrittenFor,
            known is not null && Same(after, Alone(known), Alone(words)),
            TranslationMark.Of(after.Scale, skill, words),
            earlier is null ? null : TranslationMark.Of(before!.Scale, earlier, known!));
    }

    // What somebody marks otherwise than it was is their word. Else new words are for the original of today, and old words for that of then; where nothing has changed and nothing
    // was marked, nothing is, so that content which says the same is the same.
    private static string? Marked(string? asked, string? was, bool isUnchanged, string today, string? then) =>
        asked is not null && asked != was ? asked
        : !isUnchanged ? today
        : was ?? (then is null || then == today ? null : then);

    private static bool Put(JsonNode? node, string? stands, string? mark)
    {
        if (mark is null || mark == stands || node is not JsonObject members)
        {
            return false;
        }

        members[Member] = mark;
        return true;
    }

    private static BadgeTranslation Bare(BadgeTranslation translation) => translation with { WrittenFor = null, Competencies = [] };

    private static BadgeTranslation Alone(TranslatedCompetency words) => new("", "", "", "", "") { Competencies = [words with { WrittenFor = null }] };

    private static bool Same(BadgeDefinition badge, BadgeTranslation one, BadgeTranslation other) => DefinitionHash.Of(badge with { Translations = [one] }) == DefinitionHash.Of(badge with { Translations = [other] });
}
