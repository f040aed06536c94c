using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.AspNetCore.Components;
using SkillBadges.Core;
using SkillBadges.Storage.Postgres;
using SkillBadges.Storage.Sqlite;

namespace SkillBadges.App.Tests.House;

/// <summary>What the design says of every file and type.</summary>
public sealed partial class HouseRulesTests
{
    private const int LineCap = 400;
    private const int AlgorithmCap = 600;

    private static readonly string[] BadSuffixes = ["Helper", "Helpers", "Util", "Utils", "Common", "Manager", "Base", "Service", "ServiceImpl"];

    // The story's order: a folder may use only those before it.
    private static readonly string[] CoreFolders =
    [
        "Storage", "Organizations", "Webhooks", "Notices", "Mastery", "Definitions", "Evidence", "Ledger", "Issuing", "Review", "Sharing", "Gradebook", "SignIn", "OneRoster", "Reporting", "Bulk", "Checking",
    ];

    private static readonly Assembly[] Assemblies = [typeof(Credentials.Keys.PublicKey).Assembly, typeof(RefusedException).Assembly, typeof(SqliteStore).Assembly, typeof(PostgresStore).Assembly, typeof(Settings).Assembly];

    private static IEnumerable<Type> OwnTypes => Assemblies.SelectMany(assembly => assembly.GetTypes())
        .Where(type => type.Namespace?.StartsWith("SkillBadges", StringComparison.Ordinal) == true
            && !type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false) && !type.Name.Contains('<', StringComparison.Ordinal));

    [Fact]
    public void Projects_depend_in_one_direction()
    {
        string[] order = ["SkillBadges.Credentials", "SkillBadges.Core", "SkillBadges.Storage.Sqlite", "SkillBadges.Storage.Postgres", "SkillBadges.App"];
        foreach (var file in Directory.EnumerateFiles(Repository.Source, "*.csproj", SearchOption.AllDirectories))
        {
            var project = Path.GetFileNameWithoutExtension(file);
            foreach (var used in XDocument.Load(file).Descendants("ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(((string)reference.Attribute("Include")!).Replace('\\', '/'))))
            {
                Assert.True(Array.IndexOf(order, used) >= 0 && Array.IndexOf(order, used) < Array.IndexOf(order, project), $"{project} must not use {used}.");
                Assert.False(used.Contains(".Storage.", StringComparison.Ordinal) && project != "SkillBadges.App", $"Only the app may use the adapter {used}.");
            }
        }
    }

    [Fact]
    public void Only_the_composition_root_names_an_adapter() => Assert.Empty(
        Repository.SourceFiles.Where(file => file.Path.StartsWith("SkillBadges.App/", StringComparison.Ordinal) && file.Path is not ("SkillBadges.App/AppSetup.cs" or "SkillBadges.App/OpenedStore.cs")
            && file.Text.Contains("SkillBadges.Storage.", StringComparison.Ordinal)).Select(file => file.Path));

    [Fact]
    public void A_folder_of_the_rules_uses_only_those_above_it()
    {
        var files = Repository.SourceFiles.Where(file => file.Path.StartsWith("SkillBadges.Core/", StringComparison.Ordinal)).ToArray();
        Assert.Empty(files.Select(TopFolder).Where(folder => folder.Length > 0).Distinct().Except(CoreFolders));
        Assert.Empty(
            from file in files
            from Match used in UsedCoreFolder().Matches(file.Text)
            where TopFolder(file).Length > 0 && Array.IndexOf(CoreFolders, used.Groups[1].Value) > Array.IndexOf(CoreFolders, TopFolder(file))
            select $"{file.Path} uses {used.Groups[1].Value}");
    }

    [Fact]
    public void Files_are_short() => Assert.Empty(
        from file in Repository.SourceFiles
        let cap = file.Path.StartsWith("SkillBadges.Credentials/", StringComparison.Ordinal) ? AlgorithmCap : LineCap
        where file.Lines.Length > cap
        select $"{file.Path} has {file.Lines.Length} lines");

    [Fact]
    public void A_namespace_is_a_folder() => Assert.Empty(
        from file in Repository.SourceFiles
        let declared = Namespace().Match(file.Text)
        where declared.Success && declared.Groups[1].Value != file.Folder.Replace('/', '.')
        select $"{file.Path} declares {declared.Groups[1].Value}");

    [Fact]
    public void Names_say_what_a_thing_is() => Assert.Empty(
        OwnTypes.Select(type => type.Name.Split('`')[0]).Where(name => BadSuffixes.Any(suffix => name.EndsWith(suffix, StringComparison.Ordinal))));

    [Fact]
    public void Classes_are_sealed()
    {
        var inherited = OwnTypes.Select(type => type.BaseType).OfType<Type>().Select(type => type.IsGenericType ? type.GetGenericTypeDefinition() : type).ToHashSet();

        Assert.Empty(OwnTypes.Where(type => type.IsClass && !type.IsSealed && !type.IsAbstract && !inherited.Contains(type) && !IsPage(type)).Select(type => type.FullName));
    }

    [Fact]
    public void What_the_app_holds_is_its_own() => Assert.Empty(
        typeof(Settings).Assembly.GetExportedTypes().Where(type => !IsPage(type)).Select(type => type.FullName));

    [Fact]
    public void A_cancellation_token_is_never_optional() => Assert.Empty(
        from file in Repository.SourceFiles
        from line in file.Lines
        where OptionalToken().IsMatch(line) && !line.Contains("override", StringComparison.Ordinal)
        select $"{file.Path}: {line.Trim()}");

    [Fact]
    public void Every_page_of_the_documentation_is_linked()
    {
        var docs = Path.Combine(Repository.Root, "docs");
        var pages = Directory.EnumerateFiles(docs, "*.md", SearchOption.AllDirectories).ToArray();
        var linked = pages.Append(Path.Combine(Repository.Root, "README.md"))
            .SelectMany(page => Link().Matches(File.ReadAllText(page)).Select(link => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page)!, link.Groups[1].Value))))
            .ToHashSet(StringComparer.Ordinal);

        Assert.NotEmpty(pages);
        Assert.Empty(pages.Where(page => !linked.Contains(page)).Select(page => Path.GetRelativePath(docs, page)));
        Assert.Empty(linked.Where(target => !File.Exists(target) && !Directory.Exists(target)));
    }

    // What the Razor compiler makes is public and open.
    private static bool IsPage(Type type) => type.IsAssignableTo(typeof(IComponent)) || type.Name == "_Imports";

    private static string TopFolder(SourceFile file) => file.Path.Split('/') is [_, var folder, _, ..] ? folder : "";

    [GeneratedRegex(@"SkillBadges\.Core\.([A-Z]\w+)\b")]
    private static partial Regex UsedCoreFolder();

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"CancellationToken \w+ = default")]
    private static partial Regex OptionalToken();

    [GeneratedRegex(@"\]\((?!https?:|mailto:|#)([^)#\s]+)")]
    private static partial Regex Link();
}
