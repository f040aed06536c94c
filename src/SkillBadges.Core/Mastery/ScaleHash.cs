using System.Text.Json;

namespace SkillBadges.Core.Mastery;

/// <summary>
/// The deterministic JSON that stands for a scale in hashes: fixed member order, no white space. Stored hashes depend on it, so
/// a later optional member is written only where it is set.
/// </summary>
internal static class ScaleHash
{
    public static Sha256Digest Of(MasteryScale scale, bool withVersion)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("id", scale.Id);
            if (withVersion)
            {
                json.WriteNumber("version", scale.Version);
            }

            json.WriteString("name", scale.Name);
            json.WriteString("description", scale.Description);
            json.WriteStartArray("levels");
            foreach (var level in scale.Levels)
            {
                json.WriteStartObject();
                json.WriteString("code", level.Code);
                json.WriteNumber("ordinal", level.Ordinal);
                json.WriteString("label", level.Label);
                json.WriteString("descriptor", level.Descriptor);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteString("proficientCut", scale.ProficientCut);
            json.WriteString("scoring", scale.Scoring.Method.ToString());
            json.WriteNumber("count", scale.Scoring.Count);
            json.WriteEndObject();
        }

        return Sha256Digest.Of(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }
}
