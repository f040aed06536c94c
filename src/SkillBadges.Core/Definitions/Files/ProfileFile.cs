using System.Collections.Immutable;
using SkillBadges.Core.Mastery;

namespace SkillBadges.Core.Definitions.Files;

/// <summary>The format of <c>graduate-profile.schema.json</c>.</summary>
internal static class ProfileFile
{
    public static FileReading<GraduateProfile> Read(FileShape shape, string path, FileNode root, IReadOnlyDictionary<string, MasteryScale> scales)
    {
        if (!shape.IsObject(root, "$schema", "slug", "name", "description", "scale", "attributes"))
        {
            return new(null, shape.Faults);
        }

        shape.OptionalText(root, "$schema", 1, 300);
        var profile = new GraduateProfile
        {
            Slug = shape.SlugText(root, "slug"),
            Name = shape.Text(root, "name", 1, 100),
            Description = shape.Text(root, "description", 1, 1000),
            Scale = ScaleFile.Named(shape, root, scales),
            Attributes = [.. shape.Items(root, "attributes", 1, GraduateProfileRules.MaxAttributes).Select(node => Attribute(shape, node))],
        };
        DefinitionFile.RequireName(shape, root, "slug", profile.Slug, DefinitionFile.NameOf(path));
        shape.Report(root, GraduateProfileRules.Faults(profile));
        return new(shape.IsSound ? profile : null, shape.Faults);
    }

    public static byte[] Write(GraduateProfile profile) => CanonicalFile.Of("graduate-profile", json =>
    {
        json.WriteString("slug", profile.Slug);
        json.WriteString("name", profile.Name);
        json.WriteString("description", profile.Description);
        json.WriteString("scale", profile.Scale.Id);
        json.Objects("attributes", profile.Attributes, attribute =>
        {
            json.WriteString("id", attribute.Id);
            json.WriteString("name", attribute.Name);
            json.WriteString("description", attribute.Description);
            json.Objects("bands", attribute.Bands, band =>
            {
                json.WriteString("band", BadgeFile.Bands.WordOf(band.Band));
                json.Descriptors("levels", profile.Scale, band.Levels);
            });
        });
    });

    private static ProfileAttribute Attribute(FileShape shape, FileNode node) => shape.IsObject(node, "id", "name", "description", "bands")
        ? new(
            shape.SlugText(node, "id"),
            shape.Text(node, "name", 1, 80),
            shape.Text(node, "description", 1, 400),
            [.. shape.Items(node, "bands", 1, 3).Select(band => Band(shape, band))])
        : new("", "", "", []);

    private static BandDescriptors Band(FileShape shape, FileNode node) => shape.IsObject(node, "band", "levels")
        ? new(shape.Choice(node, "band", BadgeFile.Bands), shape.Descriptors(node, "levels"))
        : new(default, ImmutableDictionary<string, string>.Empty);
}
