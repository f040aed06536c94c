using System.Text.Json;
using SkillBadges.Credentials.OpenBadges;

namespace SkillBadges.Credentials.Clr;

/// <summary>How two achievements of a record stand to each other; both are named by achievement id.</summary>
/// <param name="AssociationType">One of <c>exactMatchOf isChildOf isParentOf isPartOf isPeerOf isRelatedTo precedes replacedBy</c>.</param>
public sealed record Association(string AssociationType, string SourceId, string TargetId) : IJsonObject
{
    public void Write(Utf8JsonWriter json)
    {
        // A closed class with a closed enumeration: another word would make the whole record invalid for every reader.
        if (!ClrRules.AssociationTypes.Contains(AssociationType))
        {
            throw new ArgumentException("The standard has no such association type.", nameof(json));
        }

        json.WriteStartObject();
        json.Member("type", "Association");
        json.Member("associationType", AssociationType);
        json.Member("sourceId", SourceId);
        json.Member("targetId", TargetId);
        json.WriteEndObject();
    }
}
