namespace SkillBadges.Core.Definitions.Files;

/// <summary>The format of <c>badge-stack.schema.json</c>.</summary>
internal static class StackFile
{
    internal static readonly IReadOnlyDictionary<string, StackCounting> Countings =
        new Dictionary<string, StackCounting>(StringComparer.Ordinal) { ["earned"] = StackCounting.Earned, ["recognized"] = StackCounting.Recognized };

    public static FileReading<BadgeStack> Read(FileShape shape, string path, FileNode root, IReadOnlyDictionary<string, BadgeDefinition>? badges)
    {
        if (!shape.IsObject(root, "$schema", "slug", "name", "description", "requires", "award"))
        {
            return new(null, shape.Faults);
        }

        shape.OptionalText(root, "$schema", 1, 300);
        var requires = shape.Required(root, "requires");
        var readable = requires is not null && shape.IsObject(requires, "badges", "certificates");
        var stack = new BadgeStack
        {
            Slug = shape.SlugText(root, "slug"),
            Name = shape.Text(root, "name", 1, 100),
            Description = shape.Text(root, "description", 1, 1000),
            Badges = readable ? [.. shape.Items(requires!, "badges", 1, 30).Select(node => Badge(shape, node))] : [],
            Certificates = readable ? [.. shape.OptionalItems(requires!, "certificates", 1, 10).Select(node => Certificate(shape, node))] : [],
            Award = root.Member("award") is { } award && shape.IsObject(award, "counts") ? shape.Choice(award, "counts", Countings) : null,
        };
        DefinitionFile.RequireName(shape, root, "slug", stack.Slug, DefinitionFile.NameOf(path));
        shape.Report(root, StackRules.Faults(stack));
        if (badges is not null)
        {
            shape.Report(root, StackRules.Faults(stack, badges));
        }

        return new(shape.IsSound ? stack : null, shape.Faults);
    }

    private static RequiredBadge Badge(FileShape shape, FileNode node) => shape.IsObject(node, "badge", "minimumLevel")
        ? new(shape.SlugText(node, "badge"), shape.OptionalText(node, "minimumLevel", 1, 40))
        : new("");

    private static RequiredCertificate Certificate(FileShape shape, FileNode node) => shape.IsObject(node, "id", "name", "issuers", "maxAgeMonths")
        ? new(
            shape.SlugText(node, "id"),
            shape.Text(node, "name", 1, 120),
            shape.Text(node, "issuers", 1, 300),
            shape.Number(node, "maxAgeMonths", 1, 240))
        : new("", "", "");
}
