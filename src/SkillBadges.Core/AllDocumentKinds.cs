using System.Reflection;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core;

/// <summary>
/// Every kind of document that this build stores: the static fields of an assembly that hold one. Found rather than
/// listed, so that no feature can forget to register its own.
/// </summary>
public static class AllDocumentKinds
{
    private static readonly Lazy<IReadOnlyList<DocumentKind>> Core = new(() => In(typeof(AllDocumentKinds).Assembly));

    /// <summary>The kinds of this assembly, by name.</summary>
    public static IReadOnlyList<DocumentKind> OfCore => Core.Value;

    /// <summary>The kinds of some assemblies, by name; two of one name are a mistake.</summary>
    public static IReadOnlyList<DocumentKind> In(params Assembly[] assemblies)
    {
        var kinds = assemblies
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => !type.ContainsGenericParameters)
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(field => field.FieldType.IsAssignableTo(typeof(DocumentKind)))
            .Select(field => (DocumentKind?)field.GetValue(null) ?? throw new InvalidOperationException($"{field.DeclaringType}.{field.Name} holds no kind yet."))
            .Distinct()
            .OrderBy(kind => kind.Name, StringComparer.Ordinal)
            .ToArray();
        return kinds.GroupBy(kind => kind.Name).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? throw new InvalidOperationException($"Two kinds of document are called {twice.Key}.")
            : kinds;
    }
}
