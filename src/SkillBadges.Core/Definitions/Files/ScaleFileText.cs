using SkillBadges.Core.Mastery;

namespace SkillBadges.Core.Definitions.Files;

/// <summary>A scale as its file: what <see cref="ScaleFile"/> reads.</summary>
internal static class ScaleFileText
{
    public static byte[] Of(MasteryScale scale) => CanonicalFile.Of("mastery-scale", json =>
    {
        json.WriteString("id", scale.Id);
        json.WriteString("name", scale.Name);
        json.WriteString("description", scale.Description);
        json.Objects("levels", scale.Levels, level =>
        {
            json.WriteString("code", level.Code);
            json.WriteNumber("ordinal", level.Ordinal);
            json.WriteString("label", level.Label);
            json.WriteString("descriptor", level.Descriptor);
        });
        json.WriteString("proficientCut", scale.ProficientCut);
        json.Object("scoring", () =>
        {
            json.WriteString("method", ScaleFile.Methods.WordOf(scale.Scoring.Method));
            json.OptionalNumber("count", scale.Scoring.Count == 0 ? null : scale.Scoring.Count);
        });
    });
}
