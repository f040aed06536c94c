using System.Collections;
using System.Collections.Immutable;
using System.Reflection;

namespace SkillBadges.App.Tests.Hostile;

/// <summary>The same value with every text in it replaced but those that the program makes or looks things up by: whatever is drawn of it holds the text wherever somebody could have written one.</summary>
internal static class Rewritten
{
    private const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly HashSet<string> kept = new(StringComparer.Ordinal) { "CheckAt", "Code", "Hex", "Id", "Key", "Language", "PoliciesAt", "ProficientCut", "Scale", "Slug", "TimeZone", "Value" };

    private static readonly MethodInfo clone = typeof(object).GetMethod("MemberwiseClone", BindingFlags.Instance | BindingFlags.NonPublic)!;

    public static T With<T>(T value, string text)
        where T : class => (T)Copy(value, "", text)!;

    private static object? Copy(object? value, string name, string text) => value switch
    {
        null => null,
        string words => kept.Contains(name) ? words : text,
        IDictionary pairs => Pairs(pairs, text),
        IList items => Items(items, name, text),
        _ when value.GetType() is { IsValueType: false, Namespace: { } space } && space.StartsWith("SkillBadges.", StringComparison.Ordinal) => Members(value, text),
        _ => value,
    };

    private static object Members(object value, string text)
    {
        var copy = clone.Invoke(value, null)!;
        for (var type = value.GetType(); type != typeof(object) && type is not null; type = type.BaseType)
        {
            foreach (var field in type.GetFields(Own))
            {
                var name = field.Name.TrimStart('<').Split('>')[0];
                field.SetValue(copy, Copy(field.GetValue(copy), name, text));
            }
        }

        return copy;
    }

    // What stands under a key; the keys are looked up by.
    private static object Pairs(IDictionary pairs, string text)
    {
        var copy = (dynamic)pairs;
        foreach (DictionaryEntry pair in pairs)
        {
            copy = copy.SetItem((dynamic)pair.Key, (dynamic)Copy(pair.Value, "", text)!);
        }

        return copy;
    }

    private static object Items(IList items, string name, string text)
    {
        var type = items.GetType();
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>) && (bool)type.GetProperty("IsDefault")!.GetValue(items)!)
        {
            return items;
        }

        var of = type.IsArray ? type.GetElementType()! : type.GetGenericArguments()[0];
        var copies = Array.CreateInstance(of, items.Count);
        for (var at = 0; at < items.Count; at++)
        {
            copies.SetValue(Copy(items[at], name, text), at);
        }

        return type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>)
            ? typeof(ImmutableArray).GetMethods().First(method => method is { Name: "Create", IsGenericMethod: true } && method.GetParameters() is [{ ParameterType.IsArray: true }]).MakeGenericMethod(of).Invoke(null, [copies])!
            : copies;
    }
}
