// Writes which protobuf messages istiod knows when it reads the value of an EnvoyFilter's patch, and what their fields
// hold: validators/src/main/resources/io/meshkeel/policy/admission/envoy-messages.txt, whose head says how to read it.
package main

import (
	"bufio"
	"fmt"
	"os"
	"sort"
	"strings"

	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"

	_ "istio.io/istio/pkg/config/validation/envoyfilter"
)

const head = `# The messages that istiod reads in values of EnvoyFilter patches; written by testbed/servers/istio/messages.
# message: its fields, in a message of the same package without it. A field is name=type, |n for the oneof it is in.
# Types: s text, b truth, i u l v whole numbers (32 bits, without sign, 64 bits, without sign), d number, y bytes, else a
# message or an enumeration; * a list of these, %% a map to these by texts, # a map to these by numbers or truths. An
# enumeration has its words behind an equals sign.
`

var kinds = map[protoreflect.Kind]string{
	protoreflect.StringKind: "s", protoreflect.BoolKind: "b", protoreflect.BytesKind: "y",
	protoreflect.Int32Kind: "i", protoreflect.Sint32Kind: "i", protoreflect.Sfixed32Kind: "i",
	protoreflect.Uint32Kind: "u", protoreflect.Fixed32Kind: "u",
	protoreflect.Int64Kind: "l", protoreflect.Sint64Kind: "l", protoreflect.Sfixed64Kind: "l",
	protoreflect.Uint64Kind: "v", protoreflect.Fixed64Kind: "v",
	protoreflect.FloatKind: "d", protoreflect.DoubleKind: "d",
}

func of(field protoreflect.FieldDescriptor, in protoreflect.FullName) string {
	if kind, ok := kinds[field.Kind()]; ok {
		return kind
	}
	var name string
	if field.Kind() == protoreflect.EnumKind {
		name = string(field.Enum().FullName())
	} else {
		name = string(field.Message().FullName())
	}
	return strings.TrimPrefix(name, string(in)+".")
}

func describe(message protoreflect.MessageDescriptor) string {
	in := message.ParentFile().Package()
	oneofs := map[protoreflect.Name]int{}
	line := []string{string(message.FullName()) + ":"}
	for i := 0; i < message.Fields().Len(); i++ {
		field := message.Fields().Get(i)
		text := string(field.Name()) + "="
		switch {
		case field.IsMap() && field.MapKey().Kind() == protoreflect.StringKind:
			text += "%" + of(field.MapValue(), in)
		case field.IsMap():
			text += "#" + of(field.MapValue(), in)
		case field.IsList():
			text += "*" + of(field, in)
		default:
			text += of(field, in)
		}
		if one := field.ContainingOneof(); one != nil && !one.IsSynthetic() {
			if _, ok := oneofs[one.Name()]; !ok {
				oneofs[one.Name()] = len(oneofs)
			}
			text += fmt.Sprintf("|%d", oneofs[one.Name()])
		}
		line = append(line, text)
	}
	return strings.Join(line, " ")
}

func main() {
	var lines []string
	protoregistry.GlobalTypes.RangeMessages(func(message protoreflect.MessageType) bool {
		if !message.Descriptor().IsMapEntry() {
			lines = append(lines, describe(message.Descriptor()))
		}
		return true
	})
	protoregistry.GlobalTypes.RangeEnums(func(enum protoreflect.EnumType) bool {
		line := string(enum.Descriptor().FullName()) + "="
		for i := 0; i < enum.Descriptor().Values().Len(); i++ {
			line += " " + string(enum.Descriptor().Values().Get(i).Name())
		}
		lines = append(lines, line)
		return true
	})
	sort.Strings(lines)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	fmt.Fprintf(out, head)
	for _, line := range lines {
		fmt.Fprintln(out, line)
	}
}
