using System.Collections.Immutable;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using SkillBadges.Core.Definitions.Files;

namespace SkillBadges.Core.Definitions.Frameworks;

/// <summary>A package as JSON: what <see cref="CaseFile"/> reads. Absent members are left out; there is no null in CASE.</summary>
internal static class CaseText
{
    private static readonly JsonWriterOptions layout = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Of(CasePackage package) => Of(json =>
    {
        json.Object("CFDocument", () => Write(json, package.Document));
        json.Objects("CFItems", package.Items, item => Write(json, item));
        json.Objects("CFAssociations", package.Associations, association => Write(json, association));
        if (package.Definitions is { } definitions)
        {
            json.Object("CFDefinitions", () =>
            {
                foreach (var (name, entries) in CaseRules.Entries(definitions))
                {
                    json.Objects(name, entries, entry => Write(json, entry));
                }
            });
        }

        json.Objects("CFRubrics", package.Rubrics, rubric => Write(json, rubric));
    });

    public static byte[] Of(Action<Utf8JsonWriter> members)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, layout))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }

    /// <summary>One part by itself, as the read side of CASE answers it.</summary>
    public static void Write(Utf8JsonWriter json, CaseDocument document)
    {
        Identity(json, document.Identity);
        json.OptionalText("frameworkType", document.FrameworkType);
        json.OptionalText("caseVersion", document.CaseVersion);
        json.WriteString("creator", document.Creator);
        json.WriteString("title", document.Title);
        json.OptionalText("officialSourceURL", document.OfficialSourceUrl);
        json.OptionalText("publisher", document.Publisher);
        json.OptionalText("description", document.Description);
        json.OptionalTexts("subject", document.Subjects);
        Links(json, "subjectURI", document.SubjectLinks);
        json.OptionalText("language", document.Language);
        json.OptionalText("version", document.Version);
        json.OptionalText("adoptionStatus", document.AdoptionStatus);
        Day(json, "statusStartDate", document.StatusStart);
        Day(json, "statusEndDate", document.StatusEnd);
        Link(json, "licenseURI", document.License);
        json.OptionalText("notes", document.Notes);
        Link(json, "CFPackageURI", document.Package);
    }

    public static void Write(Utf8JsonWriter json, CaseItem item)
    {
        Identity(json, item.Identity);
        json.WriteString("fullStatement", item.FullStatement);
        json.OptionalText("alternativeLabel", item.AlternativeLabel);
        json.OptionalText("CFItemType", item.ItemType);
        json.OptionalText("humanCodingScheme", item.HumanCodingScheme);
        json.OptionalText("listEnumeration", item.ListEnumeration);
        json.OptionalText("abbreviatedStatement", item.AbbreviatedStatement);
        json.OptionalTexts("conceptKeywords", item.ConceptKeywords);
        Link(json, "conceptKeywordsURI", item.ConceptKeywordsLink);
        json.OptionalText("notes", item.Notes);
        json.OptionalTexts("subject", item.Subjects);
        Links(json, "subjectURI", item.SubjectLinks);
        json.OptionalText("language", item.Language);
        json.OptionalTexts("educationLevel", item.EducationLevels);
        Link(json, "CFItemTypeURI", item.ItemTypeLink);
        Link(json, "licenseURI", item.License);
        Link(json, "CFDocumentURI", item.Document);
        Day(json, "statusStartDate", item.StatusStart);
        Day(json, "statusEndDate", item.StatusEnd);
    }

    private static void Write(Utf8JsonWriter json, CaseAssociation association)
    {
        Identity(json, association.Identity);
        json.WriteString("associationType", association.Type);
        json.OptionalNumber("sequenceNumber", association.SequenceNumber);
        Link(json, "originNodeURI", association.Origin);
        Link(json, "destinationNodeURI", association.Destination);
        Link(json, "CFAssociationGroupingURI", association.Grouping);
        json.OptionalText("notes", association.Notes);
    }

    private static void Write(Utf8JsonWriter json, CaseEntry entry)
    {
        Identity(json, entry.Identity);
        json.WriteString("title", entry.Title);
        json.OptionalText("description", entry.Description);
        json.OptionalText("hierarchyCode", entry.HierarchyCode);
        json.OptionalText("keywords", entry.Keywords);
        json.OptionalText("typeCode", entry.TypeCode);
        json.OptionalText("licenseText", entry.LicenseText);
    }

    private static void Write(Utf8JsonWriter json, CaseRubric rubric)
    {
        Identity(json, rubric.Identity);
        json.OptionalText("title", rubric.Title);
        json.OptionalText("description", rubric.Description);
        json.Objects("CFRubricCriteria", rubric.Criteria, criterion =>
        {
            Identity(json, criterion.Identity);
            json.OptionalText("category", criterion.Category);
            json.OptionalText("description", criterion.Description);
            Link(json, "CFItemURI", criterion.Item);
            Number(json, "weight", criterion.Weight);
            json.OptionalNumber("position", criterion.Position);
            json.OptionalText("rubricId", criterion.RubricId);
            json.Objects("CFRubricCriterionLevels", criterion.Levels, level =>
            {
                Identity(json, level.Identity);
                json.OptionalText("description", level.Description);
                json.OptionalText("quality", level.Quality);
                Number(json, "score", level.Score);
                json.OptionalText("feedback", level.Feedback);
                json.OptionalNumber("position", level.Position);
                json.OptionalText("rubricCriterionId", level.RubricCriterionId);
            });
        });
    }

    private static void Identity(Utf8JsonWriter json, CaseIdentity identity)
    {
        json.WriteString("identifier", identity.Identifier);
        json.WriteString("uri", identity.Uri);
        json.WriteString("lastChangeDateTime", identity.LastChange.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture));
    }

    private static void Link(Utf8JsonWriter json, string name, CaseLink? link)
    {
        if (link is not null)
        {
            json.Object(name, () => Members(json, link));
        }
    }

    private static void Links(Utf8JsonWriter json, string name, ImmutableArray<CaseLink> links) => json.Objects(name, links, link => Members(json, link));

    private static void Members(Utf8JsonWriter json, CaseLink link)
    {
        json.WriteString("title", link.Title);
        json.WriteString("identifier", link.Identifier);
        json.WriteString("uri", link.Uri);
        json.OptionalText("targetType", link.TargetType);
    }

    private static void Day(Utf8JsonWriter json, string name, DateOnly? day) => json.OptionalText(name, day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    private static void Number(Utf8JsonWriter json, string name, decimal? number)
    {
        if (number is { } value)
        {
            json.WriteNumber(name, value);
        }
    }
}
